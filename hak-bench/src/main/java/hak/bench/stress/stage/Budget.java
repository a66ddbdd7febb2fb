package hak.bench.stress.stage;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes may still be taken. Any thread may call. */
public final class Budget {
  /** What the smallest blocks count, so that their number is bounded too. */
  private static final long LEAST_BYTES = 64;

  private final AtomicLong left;

  Budget(long bytes) {
    left = new AtomicLong(bytes);
  }

  /** Takes a block's bytes; false and nothing taken when there are too few. */
  public boolean take(long size) {
    long bytes = Math.max(size, LEAST_BYTES);
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.addAndGet(bytes);
    return false;
  }

  /** Gives a block's bytes back. */
  public void give(long size) {
    left.addAndGet(Math.max(size, LEAST_BYTES));
  }
}
