package hak.store;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of the common pool that help with large data.
 *
 * <p>To wake one costs up to a tenth of the copying of 5 MiB, and a thread that is woken may be put
 * behind the one that wakes it, though a processor is idle: a single object is faster alone. So
 * helpers are for objects that follow each other closely. They stay for a moment after each, and
 * take the next one at once.
 */
final class Helpers {
  /** What is further apart does not follow closely, 100 us. */
  private static final long LONGEST_STAY_NANOS = 100_000;

  private static final Queue<Runnable> CALLS = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger STAYING = new AtomicInteger();

  /** What follows the last piece of work within {@code stay} follows closely. */
  private static volatile long lastEnd;

  private static volatile long stay;

  private Helpers() {}

  /** Whether what begins now does so soon after the end of the last, as measured by its length. */
  static boolean followsClosely(long begun) {
    return begun - lastEnd < stay;
  }

  /** To be told of each piece of work that helpers could share, shared or not. */
  static void ended(long begun) {
    long end = System.nanoTime();
    stay = Math.min(end - begun, LONGEST_STAY_NANOS);
    lastEnd = end;
  }

  /**
   * Asks for threads. They may come late, or find nothing left to do; the caller does not depend on
   * them.
   */
  static void call(Runnable work, int threads) {
    for (int i = 0; i < threads; i++) {
      CALLS.add(work);
    }
    // Whoever stops staying looks once more after saying so, hence no call is left behind.
    for (int absent = threads - STAYING.get(); absent > 0; absent--) {
      ForkJoinPool.commonPool().execute(Helpers::serve);
    }
  }

  /** Takes back what nobody has answered. */
  static void cancel(Runnable work) {
    boolean more = true;
    while (more) {
      more = CALLS.remove(work);
    }
  }

  private static void serve() {
    Runnable work = CALLS.poll();
    while (work != null) {
      work.run();
      work = next();
    }
  }

  /** The next call; null when none follows closely. */
  private static Runnable next() {
    STAYING.incrementAndGet();
    long begun = System.nanoTime();
    Runnable work = CALLS.poll();
    while (work == null && System.nanoTime() - begun < stay) {
      Thread.onSpinWait();
      work = CALLS.poll();
    }
    STAYING.decrementAndGet();
    return work == null ? CALLS.poll() : work;
  }
}
