package hak.store.process;

import hak.store.file.Region;
import hak.store.file.StoreHeader;
import java.time.Duration;

/**
 * Sleeping until an object is sealed, on one of 64 stripes of {events, waiting}.
 *
 * <p>A waiter sets {@code waiting}, reads {@code events}, looks whether it still has to wait, and
 * sleeps while {@code events} has that value. A waker makes its change, and only when {@code
 * waiting} is set clears it, counts {@code events} up and wakes all. All accesses are sequentially
 * consistent, so either the waiter sees the change or the waker sees the waiter. A waker that is
 * killed between clearing and waking leaves sleepers behind; so nobody sleeps for longer than a
 * {@link #TURN_NANOS turn} without looking again, which is also when it looks whether the producer
 * still lives.
 */
public final class Waits {
  /** Longest sleep at a time: 100 ms. */
  static final long TURN_NANOS = 100_000_000;

  private static final int EVENTS = 0;
  private static final int WAITING = 4;

  private final Region region;
  private final long base;
  private final EventWord[] events = new EventWord[StoreHeader.WAIT_STRIPES];

  public Waits(Region region, StoreHeader header) {
    this.region = region;
    base = header.waitsOffset();
    for (int stripe = 0; stripe < events.length; stripe++) {
      events[stripe] = new EventWord(region, at(stripe) + EVENTS);
    }
  }

  /** How long a wait is that has an end; 292 years and more have none. */
  public static long nanos(Duration timeout) {
    try {
      return timeout.toNanos();
    } catch (ArithmeticException e) {
      return timeout.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  private static int stripe(int key) {
    return (key ^ key >>> 16) & (StoreHeader.WAIT_STRIPES - 1);
  }

  private long at(int stripe) {
    return base + (long) stripe * StoreHeader.WAIT_STRIPE_BYTES;
  }

  /** Says that this thread is about to look and then to wait; returns what to hand to await. */
  public int prepare(int key) {
    int stripe = stripe(key);
    region.putIntVolatile(at(stripe) + WAITING, 1);
    return events[stripe].value();
  }

  /** Sleeps for at most a turn, unless something happened since {@link #prepare}. */
  public void await(int key, int seen, long nanos) {
    events[stripe(key)].await(seen, Math.min(nanos, TURN_NANOS));
  }

  /** Wakes who waits for that key. */
  public void wake(int key) {
    int stripe = stripe(key);
    if (region.getIntVolatile(at(stripe) + WAITING) != 0) {
      region.putIntVolatile(at(stripe) + WAITING, 0);
      events[stripe].advance();
    }
  }

  /** Wakes everybody, after a rebuild. */
  public void wakeEverybody() {
    for (int key = 0; key < StoreHeader.WAIT_STRIPES; key++) {
      wake(key);
    }
  }
}
