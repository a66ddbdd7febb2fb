package hak.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file in which the kernel tells of the thread that opened it. */
final class ThreadFile implements AutoCloseable {
  private static final Path FOLDER = Path.of("/proc/thread-self");
  private static final int MOST_BYTES = 8 << 10;

  private final FileChannel channel;
  private final ByteBuffer content = ByteBuffer.allocateDirect(MOST_BYTES);

  /**
   * Opens one.
   *
   * @param name such as {@code stat}
   * @throws IOException where the kernel has no such file
   */
  ThreadFile(String name) throws IOException {
    channel = FileChannel.open(FOLDER.resolve(name), StandardOpenOption.READ);
  }

  /** Reads it anew. */
  void read() {
    content.clear();
    try {
      channel.read(content, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was read last. */
  String text() {
    return StandardCharsets.ISO_8859_1.decode(content.duplicate().flip()).toString();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
