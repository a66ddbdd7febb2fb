package hak.store.life;

import hak.store.StoreException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Purges while a store is open: a thread that begins when a long stretch becomes free, looks after
 * each delay, and ends when nothing is left to give back. What it has not come to when the store is
 * closed is given back then.
 */
public final class IdlePurge {
  private static final Duration NEVER = Duration.ofDays(3650);

  private final Purge purge;
  private final long delayNanos;
  private final BooleanSupplier enter;
  private final Runnable leave;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile boolean freed;

  /**
   * The purges of one process.
   *
   * @param delay how long a stretch stays free before it is given back; ten years are for ever
   * @param enter holds the mapping; false when it is gone
   * @param leave lets go of it
   */
  public IdlePurge(Purge purge, Duration delay, BooleanSupplier enter, Runnable leave) {
    this.purge = purge;
    this.enter = enter;
    this.leave = leave;
    delayNanos = delay.compareTo(NEVER) >= 0 ? Long.MAX_VALUE : delay.toNanos();
  }

  /** Told that a free stretch of so many units came to be. */
  void freed(int units) {
    if (delayNanos < Long.MAX_VALUE && units > 0 && purge.isLong(units)) {
      if (!freed) { // a look is cheaper than a write that others see, and nearly always enough
        freed = true;
      }
      start();
    }
  }

  /** Where there is no thread to be had, the next stretch that is freed asks again. */
  private void start() {
    if (!running.get() && running.compareAndSet(false, true)) {
      try {
        Thread.ofPlatform().daemon().name("hak-store-purge").start(this::run);
      } catch (OutOfMemoryError e) {
        running.set(false); // What was freed is freed all the same.
      }
    }
  }

  private void run() {
    try {
      boolean more = true;
      while (more) {
        freed = false;
        LockSupport.parkNanos(delayNanos);
        more = look() || freed;
      }
    } catch (StoreException | IllegalStateException | IndexOutOfBoundsException e) {
      freed = false; // Whoever uses the store is told.
    } catch (InternalError e) {
      freed = false; // The file was truncated.
    } finally {
      running.set(false);
    }
    if (freed) {
      start();
    }
  }

  private boolean look() {
    if (!enter.getAsBoolean()) {
      return false;
    }
    try {
      boolean more = purge.purgeIdle();
      if (more) {
        freed = true;
      }
      return more;
    } finally {
      leave.run();
    }
  }

  /** Gives back what the thread has not come to; when nobody uses the mapping any more. */
  public void finish() {
    if (freed || running.get()) {
      purge.purgeLong();
    }
  }
}
