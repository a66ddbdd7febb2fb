package hak.store.file;

import hak.core.os.FileLocks;
import hak.store.StoreAccessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Locks on bytes of a store's file that last as long as this opening of it ({@link FileLocks}): who
 * sees one knows, from the kernel and with nothing to compare, that the opening has not ended.
 *
 * <p>Whether there are such locks is found out when the file is opened: a lock is taken and looked
 * for by a second opening. Where it is not seen, native calls are not allowed, or the path leads
 * elsewhere by now, there are none, and {@link #lack} says why. Any thread.
 */
public final class ByteLocks implements AutoCloseable {
  /** Locked to see whether a lock is seen: beyond every file, at a random place of so many. */
  private static final long PROBES = 1L << 61;

  private final FileLocks locks;
  private final String lack;

  private ByteLocks(FileLocks locks, String lack) {
    this.locks = locks;
    this.lack = lack;
  }

  /** No locks, for that reason. */
  public static ByteLocks none(String lack) {
    return new ByteLocks(null, lack);
  }

  /** Those of a new opening of the file that {@code key} identifies. */
  static ByteLocks open(Path path, Object key) {
    return open(path, key, true);
  }

  /** As {@link #open}, for who has no right to write and only asks. */
  public static ByteLocks openToAsk(Path path, Object key) {
    return open(path, key, false);
  }

  private static ByteLocks open(Path path, Object key, boolean writable) {
    FileLocks locks = null;
    String lack;
    try {
      String name = path.toString();
      locks = writable ? FileLocks.open(name) : FileLocks.openToAsk(name);
      lack = lack(path, key, locks, writable);
    } catch (UnsupportedOperationException e) {
      lack = "the file system of " + path + " has no locks of open files";
    } catch (IllegalCallerException | LinkageError e) {
      lack = "native calls are not allowed to hak.core";
    } catch (IOException e) {
      lack = "a lock was refused: " + e.getMessage();
    }
    if (lack == null) {
      return new ByteLocks(locks, null);
    }
    if (locks != null) {
      locks.close();
    }
    return none(lack);
  }

  /** Why those locks would tell nothing, null when they do. */
  private static String lack(Path path, Object key, FileLocks locks, boolean writable)
      throws IOException {
    Path link = Path.of("/proc/self/fd/" + locks.descriptor());
    if (!key.equals(Files.readAttributes(link, PosixFileAttributes.class).fileKey())) {
      return path + " was replaced while it was opened";
    }
    long probe = PROBES + ThreadLocalRandom.current().nextLong(PROBES);
    if (!writable) {
      locks.isLockedElsewhere(probe, 1);
      return null;
    }
    try (FileLocks other = FileLocks.openToAsk(path.toString())) {
      boolean seen = locks.tryLock(probe, 1) && other.isLockedElsewhere(probe, 1);
      locks.unlock(probe, 1);
      return seen ? null : "the file system of " + path + " shows no locks to others";
    }
  }

  public boolean areThere() {
    return lack == null;
  }

  /** Why there are none; null when there are some. */
  public String lack() {
    return lack;
  }

  /** Takes a lock; false when another opening has one there. */
  public boolean tryLock(long offset, long bytes) {
    try {
      return locks.tryLock(offset, bytes);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  public void unlock(long offset, long bytes) {
    try {
      locks.unlock(offset, bytes);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** Whether another opening has a lock there. */
  public boolean isLockedElsewhere(long offset, long bytes) {
    try {
      return locks.isLockedElsewhere(offset, bytes);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private static StoreAccessException refused(IOException e) {
    return new StoreAccessException("the system refuses a lock: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    if (locks != null) {
      locks.close();
    }
  }
}
