package hak.store.file;

import hak.store.StoreAccessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * A file that is open and the path by which it was opened, which may lead elsewhere by now.
 *
 * @param path by which others open it
 * @param key identifies the file
 */
record NamedFile(Path path, Object key) {
  /** What the path leads to; null when to nothing: the file lives on with its mappings. */
  private PosixFileAttributes look() {
    try {
      return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return null;
    }
  }

  /** Bytes of the file; -1 when the path does not lead to it. */
  long size() {
    PosixFileAttributes now = look();
    return now == null || !now.fileKey().equals(key) ? -1 : now.size();
  }

  /**
   * As {@link #size}, when others who open the path get this file or none.
   *
   * @throws StoreAccessException when the path leads to another file
   */
  long sizeWhenNamed() {
    PosixFileAttributes now = look();
    if (now == null) {
      return -1;
    }
    if (!now.fileKey().equals(key)) {
      throw new StoreAccessException(
          path
              + " names another file now; this store's was removed or renamed while it was in use,"
              + " and who opens the path does not get it: close the store and open it anew");
    }
    return now.size();
  }
}
