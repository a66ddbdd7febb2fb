package hak.bench.trace;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Writes a trace byte by byte, valid or not. */
final class TraceBuilder {
  static final int HEADER_BYTES = 32;

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private String magic = "HAKTRACE";
  private int version = 1;
  private int threads = 1;
  private long events;
  private long ids;

  TraceBuilder magic(String text) {
    magic = text;
    return this;
  }

  TraceBuilder version(int number) {
    version = number;
    return this;
  }

  TraceBuilder threads(int count) {
    threads = count;
    return this;
  }

  /** Announces another number of events than there are. */
  TraceBuilder moreEvents(long more) {
    events += more;
    return this;
  }

  /** Announces another number of ids than there are. */
  TraceBuilder moreIds(long more) {
    ids += more;
    return this;
  }

  TraceBuilder malloc(long size) {
    ids++;
    return op(0).varint(size);
  }

  TraceBuilder calloc(long size) {
    ids++;
    return op(1).varint(size);
  }

  TraceBuilder aligned(int log2, long size) {
    ids++;
    return op(2).raw(log2).varint(size);
  }

  TraceBuilder free(long distance) {
    return op(3).varint(distance);
  }

  TraceBuilder realloc(long distance, long size) {
    ids++;
    return op(4).varint(distance).varint(size);
  }

  /** The head of an event. */
  TraceBuilder op(int head) {
    events++;
    return raw(head);
  }

  TraceBuilder raw(int... bytes) {
    for (int next : bytes) {
      body.write(next);
    }
    return this;
  }

  TraceBuilder varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      body.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    return raw((int) rest);
  }

  byte[] bytes() {
    ByteBuffer trace =
        ByteBuffer.allocate(HEADER_BYTES + body.size()).order(ByteOrder.LITTLE_ENDIAN);
    trace.put(magic.getBytes(StandardCharsets.US_ASCII));
    trace.putInt(version).putInt(threads).putLong(events).putLong(ids);
    return trace.put(body.toByteArray()).array();
  }

  byte[] zipped() {
    return zip(bytes());
  }

  static byte[] zip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  Program read() {
    return read(bytes());
  }

  static Program read(byte[] bytes) {
    ProgramBuilder program = new ProgramBuilder(bytes.length);
    TraceFile.read(new ByteArrayInputStream(bytes), "test.hkt", program);
    return program.build();
  }
}
