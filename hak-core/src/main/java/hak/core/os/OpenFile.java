package hak.core.os;

import java.io.IOException;
import java.lang.foreign.Arena;

/**
 * A file that this process has opened: an open file description of its own, which no interrupt
 * closes and no child process inherits.
 *
 * <p>Any thread may call. A call never meets another file that got the number after {@link #close}.
 */
final class OpenFile implements AutoCloseable {
  static final int READ = 0;
  static final int READ_AND_WRITE = 2;

  private static final boolean AARCH64 = System.getProperty("os.arch").equals("aarch64");
  private static final long OPENAT = AARCH64 ? 56 : 257;
  private static final long CLOSE = AARCH64 ? 57 : 3;

  private static final int AT_FDCWD = -100;
  private static final int O_CLOEXEC = 0x80000;

  private final int descriptor;
  private boolean closed;

  private OpenFile(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Opens an existing file.
   *
   * @param how {@link #READ} or {@link #READ_AND_WRITE}
   * @throws IOException when the system refuses
   */
  static OpenFile open(String path, int how) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(path).address();
      long result = SystemCall.make(OPENAT, AT_FDCWD, name, how | O_CLOEXEC, 0);
      if (result < 0) {
        throw new IOException(path + " cannot be opened: error " + -result);
      }
      return new OpenFile((int) result);
    }
  }

  int descriptor() {
    return descriptor;
  }

  /**
   * Makes a system call whose first argument is this file, again when a signal ended it.
   *
   * @return what the call returns, or the number of the error, negated
   * @throws IllegalStateException after close
   */
  synchronized long call(long number, long b, long c, long d) {
    if (closed) {
      throw new IllegalStateException("the file was closed");
    }
    long result;
    do {
      result = SystemCall.make(number, descriptor, b, c, d);
    } while (result == -SystemCall.EINTR);
    return result;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      SystemCall.make(CLOSE, descriptor, 0, 0, 0);
    }
  }
}
