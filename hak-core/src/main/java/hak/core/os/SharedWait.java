package hak.core.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sleeping on a word of memory that several processes map, and waking who sleeps there.
 *
 * <p>Any thread may call. A virtual thread that waits holds its carrier, so let a platform thread
 * wait for it. The wait does not end on {@link Thread#interrupt}: who must answer to that waits in
 * short turns.
 */
public final class SharedWait {
  private static final class Futex {
    static final LinuxFutex INSTANCE = new LinuxFutex();
  }

  private static final AtomicBoolean PREPARED = new AtomicBoolean();

  private SharedWait() {}

  /**
   * Links the native calls, on a thread of its own; returns at once. Otherwise the first wait or
   * wake does it, which takes a tenth of a second, on a loaded machine more. Calls after the first
   * do nothing, unless there was no thread to be had for it.
   */
  public static void prepare() {
    if (PREPARED.compareAndSet(false, true)) {
      try {
        Thread.ofPlatform().daemon().name("hak-shared-wait").start(SharedWait::callOnce);
      } catch (OutOfMemoryError e) {
        PREPARED.set(false); // Nobody depends on it.
      }
    }
  }

  private static void callOnce() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment word = arena.allocate(ValueLayout.JAVA_INT);
      await(word, 0, 1, 0); // is 0, so nobody sleeps
      wakeAll(word, 0);
    } catch (LinkageError e) {
      // Native access is not allowed, say. Whoever waits or wakes is told.
    }
  }

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
