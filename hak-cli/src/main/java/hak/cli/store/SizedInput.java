package hak.cli.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bytes whose number is known before they are read: a file, or the copy of a pipe in a temporary
 * file.
 */
final class SizedInput implements AutoCloseable {
  private final FileChannel channel;
  private final long sizeBytes;
  private long position;

  private SizedInput(FileChannel channel) throws IOException {
    this.channel = channel;
    sizeBytes = channel.size();
  }

  /**
   * The contents of a file; of a pipe or a file that says it is empty, what can be read of it.
   *
   * @param mostBytes the most that is copied of what has no end yet
   */
  static SizedInput open(Path file, long mostBytes) throws IOException {
    // Files in /proc say that they are empty.
    if (Files.isRegularFile(file) && Files.size(file) > 0) {
      return new SizedInput(FileChannel.open(file));
    }
    try (InputStream in = Files.newInputStream(file)) {
      return copyOf(in, mostBytes);
    }
  }

  /**
   * All that comes out of a stream.
   *
   * @throws IOException also when that is more than {@code mostBytes}
   */
  static SizedInput copyOf(InputStream in, long mostBytes) throws IOException {
    Path copy = Files.createTempFile("hak-", ".input");
    FileChannel channel = FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      Files.delete(copy); // it lives on until it is closed
      ReadableByteChannel from = Channels.newChannel(in);
      ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
      while (from.read(buffer.clear()) >= 0) {
        buffer.flip();
        if (channel.position() + buffer.remaining() > mostBytes) {
          throw new IOException(
              "it has more bytes than the " + mostBytes + " that the store has room for");
        }
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      return new SizedInput(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /**
   * Reads on.
   *
   * @return bytes read, -1 at the end
   * @throws IOException also when the file became longer or shorter since it was opened
   */
  int read(ByteBuffer buffer) throws IOException {
    int count = channel.read(buffer, position);
    position += Math.max(count, 0);
    if (count < 0 ? position != sizeBytes : position > sizeBytes) {
      throw new IOException("the file changed while it was read");
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
