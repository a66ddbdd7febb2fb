package hak.store.copy;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private static final long CLOSE_NANOS = 100_000;

  /**
   * How often a helper that stays gives up its processor before it leaves, about 100 us if nobody
   * else wants it. If the caller does, the helper remains ready to run all the while, which is when
   * the system moves it to an idle processor.
   */
  private static final int STAY_TURNS = 200;

  private static final Queue<Runnable> CALLS = new ConcurrentLinkedQueue<>();

  private static final AtomicInteger PRESENT = new AtomicInteger();

  /** When the last piece of work ended. */
  private static volatile long lastEnd;

  /**
   * How soon after that another follows it closely: as long as it took, at most {@link
   * #CLOSE_NANOS}.
   */
  private static volatile long close;

  private Helpers() {}

  /** Whether what begins now follows the last piece of work closely. */
  static boolean followsClosely(long begun) {
    return begun - lastEnd < close;
  }

  /** To be told of each piece of work that helpers could share, shared or not. */
  static void ended(long begun) {
    long end = System.nanoTime();
    close = Math.min(end - begun, CLOSE_NANOS);
    lastEnd = end;
  }

  /**
   * Asks for threads. They may come late, or find nothing left to do; the caller does not depend on
   * them. Nothing is thrown where there is no thread or no room on the Java heap: those who were
   * asked already may be at work, in memory that a caller who hears of it lets go.
   */
  static void call(Runnable work, int threads) {
    try {
      for (int i = 0; i < threads; i++) {
        CALLS.add(work);
      }
      // One that is just leaving is missed this time; the next call notices.
      for (int absent = threads - PRESENT.get(); absent > 0; absent--) {
        send(new Helper());
      }
    } catch (OutOfMemoryError | RejectedExecutionException e) {
      return; // Those that are asked do it, or the caller alone.
    }
  }

  private static void send(Helper helper) {
    PRESENT.incrementAndGet();
    boolean sent = false;
    try {
      ForkJoinPool.commonPool().execute(helper);
      sent = true;
    } finally {
      if (!sent) {
        helper.leave(); // It may come all the same, when the pool has a thread again.
      }
    }
  }

  /** One of those that are counted in {@link #PRESENT}, until it leaves or does not come. */
  private static final class Helper implements Runnable {
    private final AtomicBoolean counted = new AtomicBoolean(true);

    @Override
    public void run() {
      try {
        serve();
      } finally {
        leave();
      }
    }

    void leave() {
      if (counted.compareAndSet(true, false)) {
        PRESENT.decrementAndGet();
      }
    }
  }

  /** Helpers that are on their way, work or stay. */
  static int present() {
    return PRESENT.get();
  }

  /** Takes back what nobody has answered. */
  static void cancel(Runnable work) {
    boolean more = true;
    while (more) {
      more = CALLS.remove(work);
    }
  }

  private static void serve() {
    for (Runnable work = next(); work != null; work = next()) {
      work.run();
    }
  }

  /** The next call; null when none comes for a while. */
  @SuppressWarnings("ThreadPriorityCheck") // does not rely on it
  private static Runnable next() {
    Runnable work = CALLS.poll();
    for (int i = 0; i < STAY_TURNS && work == null; i++) {
      Thread.yield();
      work = CALLS.poll();
    }
    return work;
  }
}
