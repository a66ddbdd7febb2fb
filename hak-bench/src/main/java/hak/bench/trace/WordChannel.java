package hak.bench.trace;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Numbers in a file, in the machine's byte order. Does not close the file. */
final class WordChannel {
  private static final int BUFFER_BYTES = 1 << 20;

  private final FileChannel channel;
  private final ByteBuffer buffer = buffer(BUFFER_BYTES);

  WordChannel(FileChannel channel) {
    this.channel = channel;
  }

  /** An empty buffer in the byte order of the machine. */
  static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  void writeLongs(long... values) throws IOException {
    int step = BUFFER_BYTES / Long.BYTES;
    for (int from = 0; from < values.length; from += step) {
      int count = Math.min(step, values.length - from);
      buffer.clear().asLongBuffer().put(values, from, count);
      writeFully(count * Long.BYTES);
    }
  }

  void writeInts(int[] values) throws IOException {
    int step = BUFFER_BYTES / Integer.BYTES;
    for (int from = 0; from < values.length; from += step) {
      int count = Math.min(step, values.length - from);
      buffer.clear().asIntBuffer().put(values, from, count);
      writeFully(count * Integer.BYTES);
    }
  }

  long[] readLongs(int length) throws IOException {
    long[] values = new long[length];
    int step = BUFFER_BYTES / Long.BYTES;
    for (int from = 0; from < length; from += step) {
      int count = Math.min(step, length - from);
      readFully(count * Long.BYTES);
      buffer.asLongBuffer().get(values, from, count);
    }
    return values;
  }

  int[] readInts(int length) throws IOException {
    int[] values = new int[length];
    int step = BUFFER_BYTES / Integer.BYTES;
    for (int from = 0; from < length; from += step) {
      int count = Math.min(step, length - from);
      readFully(count * Integer.BYTES);
      buffer.asIntBuffer().get(values, from, count);
    }
    return values;
  }

  private void writeFully(int bytes) throws IOException {
    buffer.limit(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private void readFully(int bytes) throws IOException {
    buffer.clear().limit(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the program file is too short");
      }
    }
    buffer.flip();
  }
}
