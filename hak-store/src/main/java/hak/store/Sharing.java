package hak.store;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Who beside its owner may use a store: the mode of a file that is created, whatever the umask, and
 * which files are opened.
 *
 * <p>Who may write a store can make its contents anything, so a store is only opened for writing
 * when everybody who may write it is trusted. Nobody trusts all users of a machine.
 */
public enum Sharing {
  /** Nobody: mode 0600. Files that others may write are refused. */
  NOBODY("rw-------"),

  /**
   * The group of the file may read it, by {@link ObjectStore#openReadOnly}: mode 0640. Files that
   * others may write are refused.
   */
  GROUP_READS("rw-r-----"),

  /** All users may read it, by {@link ObjectStore#openReadOnly}: mode 0644. */
  ALL_READ("rw-r--r--"),

  /**
   * The group of the file may use it as its owner does: mode 0660. Files that the group may write
   * are opened, whoever of it is the owner. The group is that of the process that creates it, or of
   * the folder if that has the set-group-id bit.
   */
  GROUP("rw-rw----");

  private final String mode;

  Sharing(String mode) {
    this.mode = mode;
  }

  /** The mode of a new file. */
  public Set<PosixFilePermission> permissions() {
    return PosixFilePermissions.fromString(mode);
  }
}
