package hak.core.heaps;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The heaps of threads that have none of their own: at most two for each processor, each behind a
 * lock, because there may be millions of such threads. A thread takes the first whose lock is free,
 * beginning at one that depends on it.
 */
final class SharedHeaps {
  private final ReentrantLock registry;
  private final HeapMemory memory;
  private final HeapUpkeep upkeep;
  private final Stripe[] stripes = new Stripe[most()];

  /** A heap for whoever has the lock; 0 until it is first needed. */
  static final class Stripe {
    private final ReentrantLock lock = new ReentrantLock();
    private int heap;
    private boolean open;

    int heap() {
      return heap;
    }

    void unlock() {
      lock.unlock();
    }
  }

  /** How many there may be. */
  static int most() {
    return 2 * Runtime.getRuntime().availableProcessors();
  }

  /** None yet. */
  SharedHeaps(ReentrantLock registry, HeapMemory memory, HeapUpkeep upkeep) {
    this.registry = registry;
    this.memory = memory;
    this.upkeep = upkeep;
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = new Stripe();
    }
  }

  /** Locks one for the running thread. */
  Stripe lock() {
    int start = (int) (Thread.currentThread().threadId() % stripes.length);
    for (int i = 0; i < stripes.length; i++) {
      Stripe stripe = stripes[(start + i) % stripes.length];
      if (stripe.lock.tryLock()) {
        return stripe;
      }
    }
    Stripe stripe = stripes[start];
    stripe.lock.lock();
    return stripe;
  }

  /** Makes the heap of a stripe that is locked, if it has none; false when there is no memory. */
  boolean isReady(Stripe stripe) {
    assert stripe.lock.isHeldByCurrentThread() : "a shared heap is its holder's";
    if (!stripe.open) {
      registry.lock();
      try {
        if (stripe.heap == 0) {
          stripe.heap = memory.newShared();
        }
      } finally {
        registry.unlock();
      }
      if (stripe.heap != 0) {
        open(stripe);
      }
    }
    return stripe.open;
  }

  /**
   * Prepares a heap box by box. A box may call back, and the lock lets its thread in again: that
   * call prepares the heap and uses it, so what remains of this one must not do it over.
   */
  private void open(Stripe stripe) {
    for (int box = 0; box < upkeep.boxCount() && !stripe.open; box++) {
      upkeep.openBox(stripe.heap, box);
    }
    if (!stripe.open) {
      registry.lock();
      try {
        stripe.open = true;
      } finally {
        registry.unlock();
      }
      upkeep.opened(stripe.heap);
    }
  }

  /** Does something to each heap that nobody is in. */
  void forEachFree(HeapStep step) {
    for (Stripe stripe : stripes) {
      if (stripe.lock.tryLock()) {
        try {
          if (stripe.open) {
            step.run(upkeep, stripe.heap);
          }
        } finally {
          stripe.lock.unlock();
        }
      }
    }
  }

  /** Writes the heaps that were ever used to the front of an array; returns how many. */
  int copyUsed(int[] refs) {
    assert registry.isHeldByCurrentThread() : "what is open is said under the lock";
    int count = 0;
    for (Stripe stripe : stripes) {
      if (stripe.open) {
        refs[count++] = stripe.heap;
      }
    }
    return count;
  }
}
