package hak.store.file;

import java.nio.file.Path;

/** Opens files as if their file system had no locks of open files. */
public final class FilesWithoutLocks {
  private FilesWithoutLocks() {}

  public static StoreFile open(Path path) {
    return StoreFile.openWithoutLocks(path);
  }
}
