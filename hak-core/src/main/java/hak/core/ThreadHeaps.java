package hak.core;

import hak.core.memory.Memory;
import hak.core.memory.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * All thread heaps of a stack and who holds them. Slow paths only; the hot path reads {@link
 * OwnerTable}.
 *
 * <p>A heap is one block of off-heap memory with the state of every box in it. It outlives its
 * thread: when the thread is dead the whole heap, with its slabs and caches, passes to the next
 * thread that needs one. Nothing depends on the garbage collector: whether a thread is dead is
 * asked on slow paths.
 *
 * <h2>Concurrency</h2>
 *
 * The registry is guarded by one lock. A heap is held by one thread at a time: by its owner, by
 * whoever emptied it after finding the owner dead (under the lock, after {@link Thread#join}, which
 * returns at once and gives the happens-before edge), or, for shared heaps, by whoever has the
 * heap's own lock.
 *
 * <p>Virtual threads use shared heaps, at most two for each processor, because there may be
 * millions of them: they take the first whose lock is free, beginning at one that depends on the
 * thread.
 */
final class ThreadHeaps {
  private final OwnerTable owners;
  private final Reservation.Part part;
  private final int heapUnits;
  private final IntConsumer open;
  private final ReentrantLock registry = new ReentrantLock();
  private final List<Owned> all = new ArrayList<>();
  private final Shared[] shared = new Shared[sharedCount()];
  private int heapCount;
  private boolean closed;

  /** A heap and the thread that owns it; null = nobody. Guarded by the registry lock. */
  private static final class Owned {
    final int heap;
    Thread owner;

    Owned(int heap, Thread owner) {
      this.heap = heap;
      this.owner = owner;
    }
  }

  /** A heap for whoever has the lock; 0 until it is first needed. */
  private static final class Shared {
    final ReentrantLock lock = new ReentrantLock();
    int heap;
  }

  /** How many heaps the threads share that have none of their own. */
  static int sharedCount() {
    return 2 * Runtime.getRuntime().availableProcessors();
  }

  /**
   * No heaps yet.
   *
   * @param heapBytes bytes of a heap, a multiple of 64
   * @param open prepares the state of every box in a new heap
   */
  ThreadHeaps(OwnerTable owners, Reservation.Part part, int heapBytes, IntConsumer open) {
    this.owners = owners;
    this.part = part;
    this.heapUnits = heapBytes / Memory.UNIT_BYTES;
    this.open = open;
    for (int i = 0; i < shared.length; i++) {
      shared[i] = new Shared();
    }
  }

  /** What is done with a heap that is held. */
  interface Work<A> {
    int run(int heap, A argument, int extra);
  }

  /**
   * Runs {@code work} with a heap held: the running thread's own, registered if need be, or a
   * shared one.
   *
   * @return what work returned; 0 when there is no memory for a heap
   * @throws IllegalStateException after close
   */
  <A> int withHeap(Work<A> work, A argument, int extra) {
    int heap = owners.heapOfCurrentThread();
    if (heap == 0 && !Thread.currentThread().isVirtual()) {
      heap = register(Thread.currentThread());
    }
    if (heap != 0) {
      return work.run(heap, argument, extra);
    }
    Shared stripe = lockShared();
    try {
      requireOpen();
      if (stripe.heap == 0) {
        stripe.heap = newHeapLocked();
      }
      return stripe.heap == 0 ? 0 : work.run(stripe.heap, argument, extra);
    } finally {
      stripe.lock.unlock();
    }
  }

  private Shared lockShared() {
    int start = (int) (Thread.currentThread().threadId() % shared.length);
    for (int i = 0; i < shared.length; i++) {
      Shared stripe = shared[(start + i) % shared.length];
      if (stripe.lock.tryLock()) {
        return stripe;
      }
    }
    Shared stripe = shared[start];
    stripe.lock.lock();
    return stripe;
  }

  private int newHeapLocked() {
    registry.lock();
    try {
      return newHeap();
    } finally {
      registry.unlock();
    }
  }

  private void requireOpen() {
    registry.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the allocator is closed");
      }
    } finally {
      registry.unlock();
    }
  }

  /**
   * Gives the running thread a heap of its own, or 0 when its slot is taken or there is no memory
   * for a heap.
   */
  private int register(Thread thread) {
    registry.lock();
    try {
      requireOpen();
      long occupant = owners.occupant(thread.threadId());
      if (occupant != 0 && isAlive(occupant)) {
        return 0;
      }
      int heap = adopt(thread);
      if (heap == 0) {
        heap = newHeap();
        if (heap == 0) {
          return 0;
        }
        all.add(new Owned(heap, thread));
      }
      owners.enter(thread.threadId(), heap);
      return heap;
    } finally {
      registry.unlock();
    }
  }

  private boolean isAlive(long threadId) {
    for (Owned owned : all) {
      if (owned.owner != null && owned.owner.threadId() == threadId) {
        return owned.owner.isAlive();
      }
    }
    return false;
  }

  private int adopt(Thread thread) {
    for (Owned owned : all) {
      if (owned.owner == null || isDead(owned)) {
        owned.owner = thread;
        return owned.heap;
      }
    }
    return 0;
  }

  /**
   * Whether the owner is dead; if so everything it did is visible to the caller, and its slot is
   * empty.
   */
  private boolean isDead(Owned owned) {
    Thread owner = owned.owner;
    if (owner == null || owner.isAlive()) {
      return false;
    }
    boolean interrupted = Thread.interrupted();
    try {
      owner.join();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    owners.remove(owner.threadId());
    return true;
  }

  private int newHeap() {
    if (!part.ensure((heapCount + 1L) * heapUnits * Memory.UNIT_BYTES)) {
      return 0;
    }
    int heap = part.ref() + heapCount * heapUnits;
    heapCount++;
    open.accept(heap);
    return heap;
  }

  /**
   * Empties the heaps that no thread owns, those of threads that died included. They stay for the
   * next thread, and are emptied again each time: others may have freed blocks of theirs meanwhile.
   *
   * @param empty gives everything in a heap back to the tiers; called with the heap held
   */
  void sweep(IntConsumer empty) {
    if (registry.isHeldByCurrentThread() || !registry.tryLock()) {
      return;
    }
    try {
      for (Owned owned : all) {
        if (owned.owner == null || isDead(owned)) {
          empty.accept(owned.heap);
          owned.owner = null;
        }
      }
    } finally {
      registry.unlock();
    }
  }

  /** Like {@link #sweep}, and the heap of the running thread and the free shared heaps as well. */
  void sweepAll(IntConsumer empty) {
    int own = owners.heapOfCurrentThread();
    if (own != 0) {
      empty.accept(own);
    }
    for (Shared stripe : shared) {
      if (!stripe.lock.isHeldByCurrentThread() && stripe.lock.tryLock()) {
        try {
          if (stripe.heap != 0) {
            empty.accept(stripe.heap);
          }
        } finally {
          stripe.lock.unlock();
        }
      }
    }
    sweep(empty);
  }

  /** Empties the heap of the running thread and leaves it to others. */
  void releaseCurrent(IntConsumer empty) {
    int heap = owners.heapOfCurrentThread();
    if (heap == 0) {
      return;
    }
    empty.accept(heap);
    registry.lock();
    try {
      owners.remove(Thread.currentThread().threadId());
      for (Owned owned : all) {
        if (owned.heap == heap) {
          owned.owner = null;
        }
      }
    } finally {
      registry.unlock();
    }
  }

  /** Makes every thread miss from now on; no thread can register any more. */
  void close() {
    registry.lock();
    try {
      closed = true;
      for (Owned owned : all) {
        if (owned.owner != null) {
          owners.remove(owned.owner.threadId());
          owned.owner = null;
        }
      }
    } finally {
      registry.unlock();
    }
  }

  /** Refs of all heaps made so far. */
  int[] heaps() {
    registry.lock();
    try {
      int[] refs = new int[heapCount];
      for (int i = 0; i < heapCount; i++) {
        refs[i] = part.ref() + i * heapUnits;
      }
      return refs;
    } finally {
      registry.unlock();
    }
  }
}
