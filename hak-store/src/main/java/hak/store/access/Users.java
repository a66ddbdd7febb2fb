package hak.store.access;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counts who uses a mapping, so that the last of them takes it away: handles, views, unsealed
 * objects and calls under way.
 *
 * <p>Handles are few and counted in one place. All others come and go with every call; each thread
 * counts them in one of a few lines of memory, so that threads do not wait for each other's. As
 * long as there is a handle nobody adds these up. When the last handle is closed {@code closing} is
 * set, and from then on each that leaves adds them up.
 *
 * <h2>Why the sum is 0 only when nobody is left</h2>
 *
 * Who enters counts itself first and looks at {@code closing} second; if it is set it leaves again
 * and has not entered. So whoever did enter had counted itself before {@code closing} was set, and
 * is seen by every sum. Leaving, perhaps in another line than entering, only lowers the sum, and
 * those on their way out raise it for a moment: it is never less than the number of users. Whoever
 * leaves last adds up after that and finds 0.
 */
final class Users {
  private static final int LINES = 16;
  private static final int LINE_INTS = 32;

  private final AtomicInteger handles = new AtomicInteger(1);
  private final AtomicIntegerArray counts = new AtomicIntegerArray((LINES + 1) * LINE_INTS);
  private final AtomicBoolean gone = new AtomicBoolean();
  private volatile boolean closing;

  private static int lineOfThisThread() {
    return (1 + ((int) Thread.currentThread().threadId() & (LINES - 1))) * LINE_INTS;
  }

  /** Counts a handle more; false when the last one was closed. */
  boolean addHandle() {
    for (int n = handles.get(); n > 0; n = handles.get()) {
      if (handles.compareAndSet(n, n + 1)) {
        return true;
      }
    }
    return false;
  }

  /** Counts a handle less; whether the caller must take the mapping away. */
  boolean removeHandle() {
    if (handles.decrementAndGet() > 0) {
      return false;
    }
    closing = true;
    return isLast();
  }

  /** Counts a user; false when the last handle was closed. */
  boolean enter() {
    counts.getAndIncrement(lineOfThisThread());
    return !closing;
  }

  /** Counts a user less, or one that was refused; whether the caller must take the mapping away. */
  boolean leave() {
    counts.getAndDecrement(lineOfThisThread());
    return closing && isLast();
  }

  /** Whether there is one handle and, at this moment, nothing else. */
  boolean isOneHandle() {
    return handles.get() == 1 && sum() == 0;
  }

  /** Whether somebody was told to take the mapping away. */
  boolean areGone() {
    return gone.get();
  }

  /** True for one caller, once. */
  private boolean isLast() {
    return sum() == 0 && gone.compareAndSet(false, true);
  }

  private int sum() {
    int sum = 0;
    for (int line = 1; line <= LINES; line++) {
      sum += counts.get(line * LINE_INTS);
    }
    return sum;
  }
}
