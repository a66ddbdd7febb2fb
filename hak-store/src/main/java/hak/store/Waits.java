package hak.store;

import hak.core.os.SharedWait;

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
final class Waits {
  static final int STRIPES = 64;
  static final int STRIPE_BYTES = 64;

  /** Longest sleep at a time: 100 ms. */
  static final long TURN_NANOS = 100_000_000;

  private static final int EVENTS = 0;
  private static final int WAITING = 4;

  private final Region region;
  private final long base;

  Waits(Region region, StoreHeader header) {
    this.region = region;
    base = header.waitsOffset();
  }

  private long at(int key) {
    return base + (long) ((key ^ key >>> 16) & (STRIPES - 1)) * STRIPE_BYTES;
  }

  /** Says that this thread is about to look and then to wait; returns what to hand to await. */
  int prepare(int key) {
    long at = at(key);
    region.putIntVolatile(at + WAITING, 1);
    return region.getIntVolatile(at + EVENTS);
  }

  /** Sleeps for at most a turn, unless something happened since {@link #prepare}. */
  void await(int key, int events, long nanos) {
    SharedWait.await(region.memory(), at(key) + EVENTS, events, Math.min(nanos, TURN_NANOS));
  }

  /** Wakes who waits for that key. */
  void wake(int key) {
    long at = at(key);
    if (region.getIntVolatile(at + WAITING) != 0) {
      region.putIntVolatile(at + WAITING, 0);
      region.addInt(at + EVENTS, 1);
      SharedWait.wakeAll(region.memory(), at + EVENTS);
    }
  }

  /** Wakes everybody, after a rebuild. */
  void wakeEverybody() {
    for (int key = 0; key < STRIPES; key++) {
      wake(key);
    }
  }
}
