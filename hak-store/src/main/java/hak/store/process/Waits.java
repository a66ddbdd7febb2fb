package hak.store.process;

import hak.core.os.SharedWait;
import hak.store.file.Region;
import hak.store.file.StoreHeader;

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

  public Waits(Region region, StoreHeader header) {
    this.region = region;
    base = header.waitsOffset();
  }

  private long at(int key) {
    return base
        + (long) ((key ^ key >>> 16) & (StoreHeader.WAIT_STRIPES - 1))
            * StoreHeader.WAIT_STRIPE_BYTES;
  }

  /** Says that this thread is about to look and then to wait; returns what to hand to await. */
  public int prepare(int key) {
    long at = at(key);
    region.putIntVolatile(at + WAITING, 1);
    return region.getIntVolatile(at + EVENTS);
  }

  /** Sleeps for at most a turn, unless something happened since {@link #prepare}. */
  public void await(int key, int events, long nanos) {
    SharedWait.await(region.memory(), at(key) + EVENTS, events, Math.min(nanos, TURN_NANOS));
  }

  /** Wakes who waits for that key. */
  public void wake(int key) {
    long at = at(key);
    if (region.getIntVolatile(at + WAITING) != 0) {
      region.putIntVolatile(at + WAITING, 0);
      region.addInt(at + EVENTS, 1);
      SharedWait.wakeAll(region.memory(), at + EVENTS);
    }
  }

  /** Wakes everybody, after a rebuild. */
  public void wakeEverybody() {
    for (int key = 0; key < StoreHeader.WAIT_STRIPES; key++) {
      wake(key);
    }
  }
}
