package hak.store.file;

import hak.store.StoreCorruptException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;

/**
 * Files that become stores when they are complete. A draft is called after the random number of its
 * store and begins with its header, from the first write on: so one that a killed creator left is
 * told by its content, and by nobody having written to it for long. Whatever else has such a name
 * is somebody's own. A creator that is killed before its first write leaves an empty file.
 */
final class Drafts {
  private static final String PREFIX = ".hak-store-";
  private static final String SUFFIX = ".new";

  /** How long a draft is left to its creator after the last write to it. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Drafts() {}

  /** Where the draft of a store is, beside its file; as long as a name may be for every store. */
  static Path of(Path store, StoreHeader header) {
    return store.resolveSibling(PREFIX + HexFormat.of().toHexDigits(header.storeId()) + SUFFIX);
  }

  /** Deletes what creators left that were killed, as far as it can. */
  static void deleteOld(Path store) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(store.getParent(), PREFIX + "*" + SUFFIX)) {
      for (Path file : files) {
        deleteIfLeft(file);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static void deleteIfLeft(Path file) {
    try {
      PosixFileAttributes attributes =
          Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      FileTime longAgo = FileTime.from(Instant.now().minus(PATIENCE));
      if (attributes.isRegularFile()
          && attributes.lastModifiedTime().compareTo(longAgo) < 0
          && file.equals(of(file, header(file)))) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | StoreCorruptException e) {
      return; // Not ours to read, no draft, or deleted by another creator just now.
    }
  }

  private static StoreHeader header(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      byte[] upper = StoreFile.read(channel, 0, StoreHeader.STATIC_BYTES);
      if (upper.length < StoreHeader.STATIC_BYTES) {
        throw new StoreCorruptException(file + " is shorter than a header");
      }
      return StoreHeader.parse(upper, file.toString());
    }
  }
}
