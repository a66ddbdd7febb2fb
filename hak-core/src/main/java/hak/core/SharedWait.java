package hak.core;

import hak.core.os.LinuxFutex;
import java.lang.foreign.MemorySegment;

/**
 * Sleeping on a word of memory that several processes map, and waking who sleeps there.
 *
 * <p>Any thread may call. A virtual thread that waits holds its carrier. The wait does not end on
 * {@link Thread#interrupt}: who must answer to that waits in short turns.
 */
public final class SharedWait {
  private static final class Futex {
    static final LinuxFutex INSTANCE = new LinuxFutex();
  }

  private SharedWait() {}

  /**
   * Sleeps if the int at {@code offset} is {@code expected}; ends on a wake, when the time is over,
   * or for no reason, so the caller looks again.
   *
   * @param memory native or mapped memory
   * @param offset in bytes, a multiple of 4
   * @param timeoutNanos 0 or more
   */
  public static void await(MemorySegment memory, long offset, int expected, long timeoutNanos) {
    Futex.INSTANCE.await(memory.asSlice(offset, Integer.BYTES), expected, timeoutNanos);
  }

  /**
   * Wakes everybody in any process who sleeps on the int at {@code offset}.
   *
   * @return how many were woken
   */
  public static int wakeAll(MemorySegment memory, long offset) {
    return Futex.INSTANCE.wake(memory.asSlice(offset, Integer.BYTES), Integer.MAX_VALUE);
  }
}
