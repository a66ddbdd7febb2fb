package hak.core.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The futex call on Linux, in its form for memory that several processes map. */
public final class LinuxFutex {
  private static final int FUTEX_WAIT = 0;
  private static final int FUTEX_WAKE = 1;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final MethodHandle syscall;
  private final long number;

  /** Links the call. */
  public LinuxFutex() {
    number = System.getProperty("os.arch").equals("aarch64") ? 98 : 202;
    Linker linker = Linker.nativeLinker();
    syscall =
        linker.downcallHandle(
            CLibrary.find("syscall"),
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT),
            Linker.Option.firstVariadicArg(1));
  }

  /**
   * Sleeps while the word is {@code expected}, until a wake or the time is over, or for no reason.
   */
  public void await(MemorySegment word, int expected, long timeoutNanos) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment timeout = arena.allocate(JAVA_LONG, 2);
      timeout.setAtIndex(JAVA_LONG, 0, timeoutNanos / NANOS_PER_SECOND);
      timeout.setAtIndex(JAVA_LONG, 1, timeoutNanos % NANOS_PER_SECOND);
      call(word, FUTEX_WAIT, expected, timeout);
    }
  }

  /** Wakes up to {@code count} sleepers; returns how many. */
  public int wake(MemorySegment word, int count) {
    return (int) call(word, FUTEX_WAKE, count, MemorySegment.NULL);
  }

  private long call(MemorySegment word, int operation, int value, MemorySegment timeout) {
    try {
      return (long)
          syscall.invokeExact(number, word, operation, value, timeout, MemorySegment.NULL, 0);
    } catch (Throwable e) {
      throw NativeCall.thrown(e);
    }
  }
}
