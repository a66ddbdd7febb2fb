package hak.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether there is standard input. Where it was closed, the first file that the JVM opens gets its
 * number, which is one of the JDK's own, and would be read in its place.
 */
final class StandardInput {
  private static final Path DESCRIPTOR = Path.of("/proc/self/fd/0");
  private static final Path DESCRIPTOR_INFO = Path.of("/proc/self/fdinfo/0");
  private static final String FLAGS = "flags:";

  /** Of descriptors that a program does not inherit, so this process has opened it itself. */
  private static final int CLOSE_ON_EXEC = 0x80000;

  private StandardInput() {}

  /** False where it cannot be told. */
  static boolean isClosed() {
    try {
      Path target = Files.readSymbolicLink(DESCRIPTOR);
      return target.startsWith(Path.of(System.getProperty("java.home")).toRealPath())
          || Files.readAllLines(DESCRIPTOR_INFO).stream().anyMatch(StandardInput::isOpenedHere);
    } catch (IOException e) {
      return false; // Nothing has the number, so reading fails; or there is no /proc.
    }
  }

  private static boolean isOpenedHere(String line) {
    return line.startsWith(FLAGS)
        && (Integer.parseInt(line.substring(FLAGS.length()).strip(), 8) & CLOSE_ON_EXEC) != 0;
  }

  /** Has nothing to read. */
  static final class Closed extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("standard input is closed");
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      return read();
    }
  }
}
