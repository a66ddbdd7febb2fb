package hak.core.heaps;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The heaps of threads that have none of their own: at most two for each processor, each behind a
 * lock, because there may be millions of such threads. A thread takes the first whose lock is free,
 * beginning at one that depends on it. The locks, and the short way in, are {@link Stripes}.
 */
final class SharedHeaps {
  private final ReentrantLock registry;
  private final HeapMemory memory;
  private final HeapUpkeep upkeep;
  private final Stripes stripes = Stripes.of(most());

  /** The heap of each stripe; 0 until it is first needed. Of whoever is inside the stripe. */
  private final int[] heaps = new int[most()];

  /** Whether it is prepared. Written by whoever is inside, under the registry lock. */
  private final boolean[] open = new boolean[most()];

  /** Guarded by the registry lock. */
  private boolean closed;

  /** How many there may be. */
  static int most() {
    return 2 * Runtime.getRuntime().availableProcessors();
  }

  /** None yet. */
  SharedHeaps(ReentrantLock registry, HeapMemory memory, HeapUpkeep upkeep) {
    this.registry = registry;
    this.memory = memory;
    this.upkeep = upkeep;
  }

  /** The locks. */
  Stripes stripes() {
    return stripes;
  }

  /** Enters one; the running thread must {@link #leave} it. */
  int enter() {
    return stripes.enter(Thread.currentThread().threadId());
  }

  void leave(int entry) {
    stripes.leave(entry);
  }

  /** The heap of what was entered, made if there is none; 0 when there is no memory. */
  int heap(int entry) {
    int number = Stripes.number(entry);
    if (!open[number]) {
      registry.lock();
      try {
        if (heaps[number] == 0) {
          heaps[number] = memory.newShared();
        }
      } finally {
        registry.unlock();
      }
      if (heaps[number] != 0) {
        open(number);
      }
    }
    return heaps[number];
  }

  /**
   * Prepares a heap box by box. A box may call back, and its thread is let in again: that call
   * prepares the heap and uses it, so what remains of this one must not do it over.
   */
  private void open(int number) {
    for (int box = 0; box < upkeep.boxCount() && !open[number]; box++) {
      upkeep.openBox(heaps[number], box);
    }
    if (!open[number]) {
      registry.lock();
      try {
        open[number] = true;
        if (!closed) {
          stripes.ready(number, heaps[number]);
        }
      } finally {
        registry.unlock();
      }
      upkeep.opened(heaps[number]);
    }
  }

  /** Does something to each heap that nobody is in, or the running thread. */
  void forEachFree(HeapStep step) {
    long thread = Thread.currentThread().threadId();
    for (int number = 0; number < heaps.length; number++) {
      int entry = stripes.tryEnter(number, thread);
      if (entry != Stripes.NONE) {
        try {
          if (open[number]) {
            step.run(upkeep, heaps[number]);
          }
        } finally {
          leave(entry);
        }
      }
    }
  }

  /** Closes the short way in. */
  void close() {
    assert registry.isHeldByCurrentThread() : "what is ready is said under the lock";
    closed = true;
    stripes.close();
  }

  /** Writes the heaps that were ever used to the front of an array; returns how many. */
  int copyUsed(int[] refs) {
    assert registry.isHeldByCurrentThread() : "what is open is said under the lock";
    int count = 0;
    for (int number = 0; number < heaps.length; number++) {
      if (open[number]) {
        refs[count++] = heaps[number];
      }
    }
    return count;
  }
}
