package hak.core.report;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A sum that is asked for often and added up seldom. Any thread may call; one of them adds up, the
 * others get the sum there is.
 */
public final class LiveBytes {
  /** How old a sum is used, at least. */
  static final long FRESH_NANOS = 10_000_000;

  /** A sum is used for so many times what it took. */
  static final long SHARE = 100;

  private final LongSupplier sum;
  private final LongSupplier nanoTime;

  /** When the sum is to be made anew. */
  private final AtomicLong due = new AtomicLong();

  private volatile boolean known;
  private volatile long last;

  /** Nothing is added up yet. */
  public LiveBytes(LongSupplier sum, LongSupplier nanoTime) {
    this.sum = sum;
    this.nanoTime = nanoTime;
  }

  /** The sum, perhaps of a while ago. */
  public long get() {
    long seen = due.get();
    long now = nanoTime.getAsLong();
    if (!known) {
      return addUp(now);
    }
    // Whoever moves the time on adds up; when that fails, the next does when it is due again.
    boolean mine = now - seen >= 0 && due.compareAndSet(seen, now + FRESH_NANOS);
    return mine ? addUp(now) : last;
  }

  private long addUp(long begin) {
    long bytes = sum.getAsLong();
    long end = nanoTime.getAsLong();
    last = bytes;
    due.set(end + Math.max(FRESH_NANOS, SHARE * (end - begin)));
    known = true;
    return bytes;
  }
}
