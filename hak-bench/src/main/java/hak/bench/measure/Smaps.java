package hak.bench.measure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads the mappings of this process and what is resident of each, without making a string of every
 * line: it is read hundreds of times in one measurement. Not for use by several threads.
 */
final class Smaps {
  private static final Path FILE = Path.of("/proc/self/smaps");
  private static final byte[] RSS = "Rss:".getBytes(StandardCharsets.US_ASCII);

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
  private final byte[] line = new byte[256];
  private int lineLength;
  private long start;
  private long end;

  /** Told about each mapping in turn, by ascending address; false ends the reading. */
  @FunctionalInterface
  interface Visitor {
    boolean mapping(long start, long end, long residentBytes) throws IOException;
  }

  /** Visits the mappings. */
  void read(Visitor visitor) throws IOException {
    lineLength = 0;
    try (FileChannel file = FileChannel.open(FILE)) {
      while (file.read(buffer.clear()) > 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          byte next = buffer.get();
          if (next != '\n') {
            append(next);
          } else if (!endLine(visitor)) {
            return;
          }
        }
      }
    }
  }

  /** The rest of an overlong line, the path of a mapped file, is not needed. */
  private void append(byte next) {
    if (lineLength < line.length) {
      line[lineLength++] = next;
    }
  }

  /**
   * A line is the head of a mapping, {@code start-end ...} in lower case hexadecimal, or {@code
   * Key: value kB}.
   */
  private boolean endLine(Visitor visitor) throws IOException {
    boolean more = true;
    if (Arrays.equals(line, 0, RSS.length, RSS, 0, RSS.length)) {
      more = visitor.mapping(start, end, number(RSS.length, 10) << 10);
    } else if (Character.digit(line[0], 16) >= 0 && !Character.isUpperCase(line[0])) {
      start = number(0, 16);
      int dash = 0;
      while (line[dash] != '-') {
        dash++;
      }
      end = number(dash + 1, 16);
    }
    lineLength = 0;
    return more;
  }

  private long number(int from, int radix) {
    int at = from;
    while (line[at] == ' ') {
      at++;
    }
    long value = 0;
    for (int digit = digit(at, radix); digit >= 0; digit = digit(++at, radix)) {
      value = value * radix + digit;
    }
    return value;
  }

  private int digit(int at, int radix) {
    return at < lineLength ? Character.digit(line[at], radix) : -1;
  }
}
