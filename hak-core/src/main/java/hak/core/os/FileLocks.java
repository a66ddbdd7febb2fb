package hak.core.os;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Locks on ranges of bytes of a file that belong to one opening of it (open file description locks,
 * {@code fcntl(2)}). The kernel ends them when that opening ends, so in whatever way a process
 * ends, and shows them to every other opening of the file: of this process, and of those in other
 * PID, time, user and mount namespaces. Bytes need not exist to be locked.
 *
 * <pre>
 * struct flock
 *    0  type     1 = exclusive, 2 = none     short
 *    2  whence   0 = from the file's begin   short
 *    8  start                                long
 *   16  length                               long
 *   24  pid      0                           int
 * </pre>
 *
 * <p>A lock that is asked for is exclusive and never waited for. Where the file system has no such
 * locks, calls throw UnsupportedOperationException. Any thread may call; after {@link #close} calls
 * throw IllegalStateException.
 */
public final class FileLocks implements AutoCloseable {
  private static final long FCNTL = System.getProperty("os.arch").equals("aarch64") ? 25 : 72;
  private static final int OFD_GETLK = 36;
  private static final int OFD_SETLK = 37;

  private static final short EXCLUSIVE = 1;
  private static final short NONE = 2;
  private static final int START = 8;
  private static final int LENGTH = 16;
  private static final int FLOCK_BYTES = 32;

  private final OpenFile file;

  private FileLocks(OpenFile file) {
    this.file = file;
  }

  /**
   * Opens an existing file to lock bytes of it.
   *
   * @throws IOException when the system refuses
   * @throws LinkageError or IllegalCallerException when native calls are not allowed
   */
  public static FileLocks open(String path) throws IOException {
    return new FileLocks(OpenFile.open(path, OpenFile.READ_AND_WRITE));
  }

  /** Opens an existing file to ask for locks alone, for which it needs only be readable. */
  public static FileLocks openToAsk(String path) throws IOException {
    return new FileLocks(OpenFile.open(path, OpenFile.READ));
  }

  /** The number of the open file in this process, by which /proc/self/fd names it. */
  public int descriptor() {
    return file.descriptor();
  }

  /**
   * Locks bytes, which may be locked by this opening already.
   *
   * @param offset in bytes, 0 or more
   * @param bytes more than 0
   * @return false when another opening has a lock on one of them
   * @throws IOException when the system refuses
   */
  public boolean tryLock(long offset, long bytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long result = call(OFD_SETLK, flock(arena, EXCLUSIVE, offset, bytes));
      if (result == -SystemCall.EAGAIN || result == -SystemCall.EACCES) {
        return false;
      }
      check(result);
      return true;
    }
  }

  /** Gives up what locks this opening has on the bytes. */
  public void unlock(long offset, long bytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      check(call(OFD_SETLK, flock(arena, NONE, offset, bytes)));
    }
  }

  /** Whether an opening other than this one has a lock on one of the bytes. */
  public boolean isLockedElsewhere(long offset, long bytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment flock = flock(arena, EXCLUSIVE, offset, bytes);
      check(call(OFD_GETLK, flock));
      return flock.get(JAVA_SHORT, 0) != NONE;
    }
  }

  private static MemorySegment flock(Arena arena, short type, long offset, long bytes) {
    MemorySegment flock = arena.allocate(FLOCK_BYTES, Long.BYTES);
    flock.set(JAVA_SHORT, 0, type);
    flock.set(JAVA_LONG, START, offset);
    flock.set(JAVA_LONG, LENGTH, bytes);
    return flock;
  }

  private long call(int command, MemorySegment flock) {
    return file.call(FCNTL, command, flock.address(), 0);
  }

  private static void check(long result) throws IOException {
    switch ((int) -result) {
      case 0 -> {}
      case SystemCall.EINVAL, SystemCall.ENOLCK, SystemCall.ENOSYS, SystemCall.EOPNOTSUPP ->
          throw new UnsupportedOperationException(
              "the file system has no locks of open files: error " + -result);
      default -> throw new IOException("fcntl: error " + -result);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
