package hak.core.os;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The space behind parts of a file on Linux: reserved, so that a write to a mapping of it cannot
 * fail, and given back. It has a descriptor of its own, which no interrupt closes.
 *
 * <p>Any thread may call. After {@link #close} calls throw IllegalStateException.
 */
public final class FileSpace implements AutoCloseable {
  private static final boolean AARCH64 = System.getProperty("os.arch").equals("aarch64");
  private static final long OPENAT = AARCH64 ? 56 : 257;
  private static final long CLOSE = AARCH64 ? 57 : 3;
  private static final long FALLOCATE = AARCH64 ? 47 : 285;

  private static final int AT_FDCWD = -100;
  private static final int O_RDWR = 2;
  private static final int O_CLOEXEC = 0x80000;
  private static final int KEEP_SIZE = 1;
  private static final int PUNCH_HOLE = 2;

  private static final int EINTR = 4;
  private static final int ENODEV = 19;
  private static final int ENOSPC = 28;
  private static final int ENOSYS = 38;
  private static final int EOPNOTSUPP = 95;
  private static final int EDQUOT = 122;

  /** The linked call, when it is first needed. */
  private static final class Call {
    static final StructLayout STATE = Linker.Option.captureStateLayout();
    static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
    static final MethodHandle SYSCALL =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(
                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.firstVariadicArg(1),
                Linker.Option.captureCallState("errno"));

    /** What the call returns, or the number of the error, negated. */
    static long make(long number, long a, long b, long c, long d) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment state = arena.allocate(STATE);
        long result = (long) SYSCALL.invokeExact(state, number, a, b, c, d);
        return result < 0 ? -(int) ERRNO.get(state, 0L) : result;
      } catch (Throwable e) {
        throw NativeCall.thrown(e);
      }
    }
  }

  private final int descriptor;
  private boolean closed;

  private FileSpace(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Opens an existing file.
   *
   * @throws IOException when the system refuses
   * @throws LinkageError or IllegalCallerException when native calls are not allowed
   */
  public static FileSpace open(String path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(path).address();
      long result = Call.make(OPENAT, AT_FDCWD, name, O_RDWR | O_CLOEXEC, 0);
      if (result < 0) {
        throw new IOException(path + " cannot be opened: error " + -result);
      }
      return new FileSpace((int) result);
    }
  }

  /** The number of the open file in this process, by which /proc/self/fd names it. */
  public int descriptor() {
    return descriptor;
  }

  /**
   * Puts space behind a part of the file; bytes that are there stay.
   *
   * @param offset in bytes, 0 or more
   * @param bytes more than 0
   * @throws OutOfSpaceException when the file system has none
   * @throws UnsupportedOperationException when it cannot reserve any
   * @throws IOException when it fails otherwise
   */
  public void reserve(long offset, long bytes) throws IOException {
    allocate(0, offset, bytes);
  }

  /**
   * Gives the space behind whole pages of a part of the file back; they read as zeros.
   *
   * @throws UnsupportedOperationException when the file system cannot
   * @throws IOException when it fails otherwise
   */
  public void release(long offset, long bytes) throws IOException {
    allocate(PUNCH_HOLE | KEEP_SIZE, offset, bytes);
  }

  private synchronized void allocate(int mode, long offset, long bytes) throws IOException {
    if (closed) {
      throw new IllegalStateException("the file was closed");
    }
    long result;
    do {
      result = Call.make(FALLOCATE, descriptor, mode, offset, bytes);
    } while (result == -EINTR);
    switch ((int) -result) {
      case 0 -> {}
      case ENOSPC, EDQUOT -> throw new OutOfSpaceException("No space left");
      case ENODEV, ENOSYS, EOPNOTSUPP ->
          throw new UnsupportedOperationException("the file system cannot reserve or release");
      default -> throw new IOException("fallocate: error " + -result);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      Call.make(CLOSE, descriptor, 0, 0, 0);
    }
  }

  /** The file system has no space left, or the user's quota is used up. */
  public static final class OutOfSpaceException extends IOException {
    private static final long serialVersionUID = 1;

    private OutOfSpaceException(String message) {
      super(message);
    }
  }
}
