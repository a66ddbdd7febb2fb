package hak.bench.trace;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unzips a gzip file (RFC 1952) of one or more members and insists on every byte of it. {@link
 * java.util.zip.GZIPInputStream} takes bytes after the last member for its end.
 */
final class GunzipStream extends InputStream {
  private static final int DEFLATE = 8;
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int FLAGS_RESERVED = 0xE0;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private long bufferOffset;
  private boolean inMember;

  GunzipStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (inMember || beginMember()) {
      int count = inflate(target, offset, length);
      if (count > 0) {
        crc.update(target, offset, count);
        return count;
      }
      if (inflater.finished()) {
        endMember();
      } else if (inflater.needsDictionary()) {
        throw damaged("it wants a dictionary");
      } else {
        feed();
      }
    }
    return -1;
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    try {
      return inflater.inflate(target, offset, length);
    } catch (DataFormatException e) {
      position = limit - inflater.getRemaining();
      IOException damaged = damaged(e.getMessage() == null ? "bad data" : e.getMessage());
      damaged.initCause(e);
      throw damaged;
    }
  }

  private void feed() throws IOException {
    position = limit;
    if (!fill()) {
      throw truncated();
    }
    inflater.setInput(buffer, 0, limit);
  }

  private boolean fill() throws IOException {
    bufferOffset += limit;
    position = 0;
    limit = Math.max(in.read(buffer, 0, buffer.length), 0);
    return limit > 0;
  }

  private boolean beginMember() throws IOException {
    if (position == limit && !fill()) {
      return false;
    }
    if (next() != 0x1f || next() != 0x8b) {
      throw damaged("no gzip header where one must be");
    }
    if (next() != DEFLATE) {
      throw damaged("unknown compression method");
    }
    int flags = next();
    if ((flags & FLAGS_RESERVED) != 0) {
      throw damaged("reserved flags set");
    }
    skip(6);
    if ((flags & FLAG_EXTRA) != 0) {
      int low = next();
      skip(low | next() << 8);
    }
    if ((flags & FLAG_NAME) != 0) {
      skipText();
    }
    if ((flags & FLAG_COMMENT) != 0) {
      skipText();
    }
    if ((flags & FLAG_HEADER_CRC) != 0) {
      skip(2);
    }
    inflater.reset();
    inflater.setInput(buffer, position, limit - position);
    crc.reset();
    inMember = true;
    return true;
  }

  private void endMember() throws IOException {
    position = limit - inflater.getRemaining();
    long expectedCrc = nextInt();
    if (expectedCrc != crc.getValue()) {
      throw damaged("wrong checksum");
    }
    long expectedLength = nextInt();
    if (expectedLength != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
      throw damaged("wrong length");
    }
    inMember = false;
  }

  private int next() throws IOException {
    if (position == limit && !fill()) {
      throw truncated();
    }
    return buffer[position++] & 0xFF;
  }

  private long nextInt() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      value |= (long) next() << shift;
    }
    return value;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {}
  }

  private IOException damaged(String how) {
    return new IOException(
        "gzip damaged: "
            + how
            + ", before byte "
            + (bufferOffset + position)
            + " of the compressed file");
  }

  private IOException truncated() {
    return new IOException(
        "gzip truncated: the compressed file ends at byte " + (bufferOffset + position));
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
