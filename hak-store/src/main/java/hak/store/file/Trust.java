package hak.store.file;

import hak.store.Sharing;
import hak.store.StoreAccessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;

/** Which files are accepted as stores: those that may be written by nobody but who is trusted. */
public enum Trust {
  /** Files of this user that nobody else may write. */
  OWNER,

  /** As OWNER, and files that their group may write, but not all users. */
  GROUP,

  /** Any regular file, for who only reads it and believes nothing of it. */
  ANYBODY;

  /** Whom a program trusts that shares its stores so. */
  public static Trust of(Sharing sharing) {
    return sharing == Sharing.GROUP ? GROUP : OWNER;
  }

  /**
   * What identifies the file behind the path, after it was found to be acceptable.
   *
   * @throws StoreAccessException when it is not
   */
  public Object check(Path path) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      throw new StoreAccessException(
          path + " is a symbolic link, which is not followed; name the file itself");
    }
    if (!attributes.isRegularFile()) {
      throw new StoreAccessException(path + " is not a regular file");
    }
    if (this != ANYBODY) {
      checkWriters(path, attributes);
    }
    return attributes.fileKey();
  }

  private void checkWriters(Path path, PosixFileAttributes attributes) throws IOException {
    boolean groupWrites = attributes.permissions().contains(PosixFilePermission.GROUP_WRITE);
    boolean isShared = this == GROUP && groupWrites;
    Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (!isShared && !owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
      throw new StoreAccessException(
          path
              + " belongs to "
              + attributes.owner()
              + "; a store is its owner's alone, unless it is created and opened with"
              + " Sharing.GROUP; to read it use openReadOnly");
    }
    if (attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new StoreAccessException(path + " may be written by all users; `chmod o-w` it");
    }
    if (groupWrites && !isShared) {
      throw new StoreAccessException(
          path + " may be written by others; `chmod 600` it, or open it with Sharing.GROUP");
    }
  }
}
