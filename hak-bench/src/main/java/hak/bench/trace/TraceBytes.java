package hak.bench.trace;

import java.io.IOException;
import java.io.InputStream;

/** The uncompressed bytes of a trace, with their offsets. */
final class TraceBytes {
  private static final int MAX_VARINT_BYTES = 10;

  private final InputStream in;
  private final String name;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private long bufferOffset;
  private long event = -1;

  TraceBytes(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  /** The bytes of an event begin, for messages. */
  void beginEvent(long index) {
    event = index;
  }

  /** What is being read. */
  String place() {
    return event < 0 ? "the header" : "event " + event;
  }

  /** The offset of the next byte. */
  long offset() {
    return bufferOffset + position;
  }

  /** An error at an offset. */
  TraceException error(long offset, String problem) {
    return new TraceException(name, offset, problem, null);
  }

  /** Whether there is no further byte. */
  boolean atEnd() {
    return position == limit && !fill();
  }

  private boolean fill() {
    bufferOffset += limit;
    position = 0;
    limit = 0;
    try {
      int count = in.read(buffer, 0, buffer.length);
      limit = Math.max(count, 0);
      return count > 0;
    } catch (IOException e) {
      throw new TraceException(name, bufferOffset, e.getMessage(), e);
    }
  }

  /** The next byte, 0 to 255. */
  int next() {
    if (atEnd()) {
      throw error(offset(), "truncated: the file ends in " + place());
    }
    return buffer[position++] & 0xFF;
  }

  /** The next {@code count} bytes as a number, little endian. */
  long littleEndian(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (long) next() << (8 * i);
    }
    return value;
  }

  /** The next unsigned LEB128 number; beyond 2^63 it is negative. */
  long varint() {
    long start = offset();
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      int next = next();
      if (i == MAX_VARINT_BYTES - 1 && next > 1) {
        break;
      }
      value |= (long) (next & 0x7F) << (7 * i);
      if (next < 0x80) {
        return value;
      }
    }
    throw error(start, "varint too long: more than 64 bits in " + place());
  }
}
