package hak.bench.trace;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Hands a program from one process of this machine to another. Not a format to keep: numbers are in
 * the machine's byte order, and a reader trusts the file.
 *
 * <pre>
 *   0   "HAKPROG1"
 *   8   u64 events, side table entries, slots left over, slots, touches (0, 1), peak live bytes, largest bytes
 *   64  u64 events; u64 side table; u32 slots left over
 * </pre>
 */
public final class ProgramFile {
  private static final byte[] MAGIC = "HAKPROG1".getBytes(StandardCharsets.US_ASCII);
  private static final int HEAD_BYTES = 64;
  private static final int BUFFER_BYTES = 1 << 20;

  private ProgramFile() {}

  /** Writes a program over what is in the file. */
  public static void write(Program program, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer head = buffer(HEAD_BYTES);
      head.put(MAGIC)
          .putLong(program.events().length)
          .putLong(program.wide().length)
          .putLong(program.leftover().length)
          .putLong(program.slots())
          .putLong(program.touches() ? 1 : 0)
          .putLong(program.peakLiveBytes())
          .putLong(program.largestBytes());
      writeFully(channel, head.flip());
      writeLongs(channel, program.events());
      writeLongs(channel, program.wide());
      ByteBuffer leftover = buffer(Integer.BYTES * program.leftover().length);
      leftover.asIntBuffer().put(program.leftover());
      writeFully(channel, leftover);
    }
  }

  /** Reads a program. */
  public static Program read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer head = buffer(HEAD_BYTES);
      readFully(channel, head);
      head.position(MAGIC.length);
      int events = Math.toIntExact(head.getLong());
      int wide = Math.toIntExact(head.getLong());
      int left = Math.toIntExact(head.getLong());
      int slots = Math.toIntExact(head.getLong());
      boolean touches = head.getLong() != 0;
      long peakLiveBytes = head.getLong();
      long largestBytes = head.getLong();
      long[] eventWords = readLongs(channel, events);
      long[] wideWords = readLongs(channel, wide);
      ByteBuffer leftover = buffer(Integer.BYTES * left);
      readFully(channel, leftover);
      int[] slotsLeft = new int[left];
      leftover.asIntBuffer().get(slotsLeft);
      return new Program(
          eventWords, wideWords, slotsLeft, slots, peakLiveBytes, largestBytes, touches);
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private static void writeLongs(FileChannel channel, long[] values) throws IOException {
    ByteBuffer buffer = buffer(BUFFER_BYTES);
    int step = BUFFER_BYTES / Long.BYTES;
    for (int from = 0; from < values.length; from += step) {
      int count = Math.min(step, values.length - from);
      buffer.clear().asLongBuffer().put(values, from, count);
      writeFully(channel, buffer.limit(count * Long.BYTES));
    }
  }

  private static long[] readLongs(FileChannel channel, int length) throws IOException {
    long[] values = new long[length];
    ByteBuffer buffer = buffer(BUFFER_BYTES);
    int step = BUFFER_BYTES / Long.BYTES;
    for (int from = 0; from < length; from += step) {
      int count = Math.min(step, length - from);
      readFully(channel, buffer.clear().limit(count * Long.BYTES));
      buffer.asLongBuffer().get(values, from, count);
    }
    return values;
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static void readFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the program file is too short");
      }
    }
    buffer.flip();
  }
}
