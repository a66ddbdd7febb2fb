package hak.cli.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;

/**
 * Writes a file whole or not at all: beside its place, then moved there. A file that was there is
 * replaced and its permissions are kept; of a link, the file it leads to. What is not whole goes
 * when the JVM is ended, unless by SIGKILL. What is no regular file, such as a pipe or /dev/null,
 * is written as it is.
 */
public final class WholeFile {
  /** Writes the contents of a file. */
  @FunctionalInterface
  public interface Contents {
    void writeTo(WritableByteChannel out) throws IOException;
  }

  private static final SecureRandom RANDOM = new SecureRandom();

  private WholeFile() {}

  /**
   * Fails if the file cannot be written; changes nothing.
   *
   * @throws IOException saying why
   */
  public static void requireWritable(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new IOException("is a folder");
    } else if (Files.exists(file)) {
      require(Files.isWritable(file), "permission denied");
    } else {
      require(Files.isDirectory(folder), "no such folder");
    }
    if (Files.isRegularFile(file) || Files.notExists(file)) {
      require(Files.isWritable(folder), "permission denied");
    }
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }

  public static void write(Path file, Contents contents) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // Not by its real path: the links of /dev/fd lead to pipes, which have none.
      try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
        contents.writeTo(out);
      }
      return;
    }
    Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path draft =
        place.resolveSibling(
            "." + place.getFileName() + "." + Long.toHexString(RANDOM.nextLong()) + ".part");
    draft.toFile().deleteOnExit(); // Ctrl-C ends the JVM and not this method
    try (FileChannel out =
        FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      contents.writeTo(out);
      if (Files.exists(place)) {
        Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(place));
      }
      Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
