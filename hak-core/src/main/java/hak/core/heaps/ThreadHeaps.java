package hak.core.heaps;

import hak.core.memory.Memory;
import hak.core.memory.Reservation;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All thread heaps of a stack and who holds them. Slow paths only; the hot path reads {@link
 * OwnerTable}.
 *
 * <p>A heap is one block of off-heap memory with the state of every box in it. It outlives its
 * thread: when the thread is dead the whole heap, with its slabs and caches, passes to the next
 * thread that needs one. Nothing depends on the garbage collector: whether a thread is dead is
 * asked on slow paths. Nor is a thread kept from it: only a weak reference is held.
 *
 * <h2>Who may enter a heap</h2>
 *
 * <pre>
 *   state   entered by                              becomes
 *   OWNED   its owner, without a lock               IDLE  the owner leaves it
 *                                                   HELD  the owner is found dead
 *   HELD    the one thread that made it HELD        IDLE  done, or failed
 *                                                   OWNED it was held to be owned
 *   IDLE    nobody                                  HELD  to empty it, or to own it
 *   shared  the holder of the heap's own lock
 *   closed  who was inside goes on to the end of its call; nobody enters
 * </pre>
 *
 * <p>Every change of state is made under the registry lock and none after {@link #close}. So no two
 * are in a heap at once: a sweeper and an adopter both need it HELD, which only one of them gets; a
 * closer enters none; a walker is alone by contract.
 *
 * <h2>Memory order</h2>
 *
 * What the last one in a heap wrote is visible to the next: through the registry lock, or, where
 * the last one is a dead owner, because a thread's actions happen before {@link Thread#isAlive}
 * returns false to another (JLS 17.4.4). It is not joined: that takes the monitor of the thread,
 * which is not ours. A weak reference that was cleared says the same, for a thread that lives is
 * reachable.
 *
 * <h2>No foreign code under the registry lock</h2>
 *
 * Boxes may be anybody's: they are called with a heap HELD and the registry unlocked. Shared heaps
 * are locked while boxes work on them; the locks are taken before the registry's, never after.
 *
 * <p>Virtual threads use shared heaps, at most two for each processor, because there may be
 * millions of them: they take the first whose lock is free, beginning at one that depends on the
 * thread. So does a platform thread that can have none of its own.
 */
public final class ThreadHeaps {
  private enum State {
    OWNED,
    HELD,
    IDLE
  }

  private final OwnerTable owners;
  private final Reservation.Part part;
  private final int heapBytes;
  private final HeapUpkeep upkeep;
  private final ReentrantLock registry = new ReentrantLock();
  private final ArrayList<Own> all = new ArrayList<>();
  private final Shared[] shared = new Shared[sharedCount()];
  private int heapCount;
  private int sharedHeaps;
  private volatile boolean closed;

  /** A heap that one thread owns at a time. Guarded by the registry lock or by being HELD. */
  private static final class Own {
    final int index;
    int heap;
    State state = State.HELD;
    boolean open;
    long ownerId;
    WeakReference<Thread> owner;

    /** Whether there may be blocks in its caches. */
    boolean cachesUsed;

    /** Whether slabs of it may be empty. */
    boolean slabsUsed;

    Own(int index) {
      this.index = index;
    }

    boolean isOwnerDead() {
      Thread thread = owner.get();
      return thread == null || !thread.isAlive();
    }
  }

  /** A heap for whoever has the lock; 0 until it is first needed. */
  private static final class Shared {
    final ReentrantLock lock = new ReentrantLock();
    int heap;
    boolean open;
  }

  /** How many heaps the threads share that have none of their own. */
  public static int sharedCount() {
    return 2 * Runtime.getRuntime().availableProcessors();
  }

  /**
   * No heaps yet.
   *
   * @param heapBytes bytes of a heap, a multiple of 64
   */
  public ThreadHeaps(OwnerTable owners, Reservation.Part part, int heapBytes, HeapUpkeep upkeep) {
    this.owners = owners;
    this.part = part;
    this.heapBytes = heapBytes;
    this.upkeep = upkeep;
    for (int i = 0; i < shared.length; i++) {
      shared[i] = new Shared();
    }
  }

  /** What is done with a heap that is held. */
  public interface Work<A> {
    int run(int heap, A argument, int extra);
  }

  /**
   * Runs {@code work} with a heap held: the running thread's own, registered if need be, or a
   * shared one.
   *
   * @return what work returned; 0 when there is no memory for a heap
   * @throws IllegalStateException after close
   */
  public <A> int withHeap(Work<A> work, A argument, int extra) {
    int heap = owners.heapOfCurrentThread();
    if (heap == 0 && !Thread.currentThread().isVirtual()) {
      heap = register(Thread.currentThread());
    }
    return heap != 0 ? work.run(heap, argument, extra) : withSharedHeap(work, argument, extra);
  }

  /** As {@link #withHeap}, in a shared heap whatever the thread has. */
  public <A> int withSharedHeap(Work<A> work, A argument, int extra) {
    Shared stripe = lockShared();
    try {
      requireOpen();
      return isReady(stripe) ? work.run(stripe.heap, argument, extra) : 0;
    } finally {
      stripe.lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the allocator is closed");
    }
  }

  // ---- heaps with an owner

  /**
   * Gives the running thread a heap of its own, or 0 when its slot is taken or there is no memory
   * for a heap.
   */
  private int register(Thread thread) {
    WeakReference<Thread> reference = new WeakReference<>(thread);
    Own own = holdForOwner(thread.threadId());
    if (own == null) {
      return 0;
    }
    boolean ready = false;
    try {
      if (!own.open) {
        upkeep.open(own.heap);
      }
      ready = true;
    } finally {
      if (!ready) {
        letGo(own);
      }
    }
    return give(own, thread.threadId(), reference);
  }

  /** A heap that nobody is in, made if there is none; null when the thread can have none. */
  private Own holdForOwner(long threadId) {
    registry.lock();
    try {
      requireOpen();
      if (isSlotTaken(threadId)) {
        return null;
      }
      for (int i = 0; i < all.size(); i++) {
        if (hold(all.get(i))) {
          return all.get(i);
        }
      }
      return newOwn();
    } finally {
      registry.unlock();
    }
  }

  private boolean isSlotTaken(long threadId) {
    long occupant = owners.occupant(threadId);
    for (int i = 0; occupant != 0 && i < all.size(); i++) {
      Own own = all.get(i);
      if (own.state == State.OWNED && own.ownerId == occupant) {
        return !own.isOwnerDead();
      }
    }
    return false;
  }

  /** Makes a heap HELD if it is idle or its owner is dead. */
  private boolean hold(Own own) {
    assert registry.isHeldByCurrentThread() && !closed : "states change under the lock, until close";
    if (own.state == State.OWNED && own.isOwnerDead()) {
      owners.remove(own.ownerId);
    } else if (own.state != State.IDLE) {
      return false;
    }
    own.state = State.HELD;
    return true;
  }

  private void letGo(Own own) {
    registry.lock();
    try {
      assert own.state == State.HELD : "let go by somebody who did not hold it";
      own.state = State.IDLE;
    } finally {
      registry.unlock();
    }
  }

  /** What needs the Java heap comes before a heap is taken. */
  private Own newOwn() {
    Own own = new Own(all.size());
    all.ensureCapacity(all.size() + 1);
    int keptForShared = shared.length - sharedHeaps;
    if ((heapCount + 1L + keptForShared) * heapBytes > part.limitBytes()) {
      return null;
    }
    own.heap = newHeap();
    if (own.heap == 0) {
      return null;
    }
    all.add(own);
    return own;
  }

  private int newHeap() {
    assert registry.isHeldByCurrentThread() : "heaps are counted under the lock";
    if (!part.ensure((heapCount + 1L) * heapBytes)) {
      return 0;
    }
    int heap = part.ref() + heapCount * (heapBytes / Memory.UNIT_BYTES);
    heapCount++;
    return heap;
  }

  private int give(Own own, long threadId, WeakReference<Thread> owner) {
    registry.lock();
    try {
      own.open = true;
      own.state = State.IDLE;
      requireOpen();
      if (isSlotTaken(threadId)) {
        return 0;
      }
      own.state = State.OWNED;
      own.ownerId = threadId;
      own.owner = owner;
      own.cachesUsed = true;
      own.slabsUsed = true;
      owners.enter(threadId, own.heap);
      return own.heap;
    } finally {
      registry.unlock();
    }
  }

  /** Empties the heap of the running thread and leaves it to others. */
  public void releaseCurrent() {
    int heap = owners.heapOfCurrentThread();
    if (heap == 0) {
      return;
    }
    upkeep.emptyCaches(heap);
    upkeep.retire(heap);
    registry.lock();
    try {
      owners.remove(Thread.currentThread().threadId());
      for (int i = 0; i < all.size(); i++) {
        Own own = all.get(i);
        if (own.heap == heap) {
          own.state = State.IDLE;
          own.cachesUsed = false;
        }
      }
    } finally {
      registry.unlock();
    }
  }

  // ---- heaps that are shared

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

  /** Makes the heap of a stripe that is locked, if it has none; false when there is no memory. */
  private boolean isReady(Shared stripe) {
    assert stripe.lock.isHeldByCurrentThread() : "a shared heap is its holder's";
    if (!stripe.open) {
      registry.lock();
      try {
        if (stripe.heap == 0) {
          stripe.heap = newHeap();
          sharedHeaps += stripe.heap == 0 ? 0 : 1;
        }
      } finally {
        registry.unlock();
      }
      if (stripe.heap != 0) {
        openShared(stripe);
        registry.lock();
        try {
          stripe.open = true;
        } finally {
          registry.unlock();
        }
      }
    }
    return stripe.open;
  }

  /**
   * Prepares a shared heap box by box. A box may call back, and the lock lets its thread in again:
   * that call prepares the heap and uses it, so what remains of this one must not do it over.
   */
  private void openShared(Shared stripe) {
    for (int box = 0; box < upkeep.boxCount() && !stripe.open; box++) {
      upkeep.openBox(stripe.heap, box);
    }
  }

  // ---- upkeep

  /** What is done to a heap that is the caller's for now. */
  private interface Step {
    void run(HeapUpkeep upkeep, int heap);
  }

  private static final Step DRAIN = HeapUpkeep::drain;
  private static final Step EMPTY_CACHES = HeapUpkeep::emptyCaches;
  private static final Step RETIRE = HeapUpkeep::retire;

  /** Takes in what others freed into the heap of the running thread, if it has one. */
  public void drainCurrent() {
    int heap = owners.heapOfCurrentThread();
    if (heap != 0) {
      upkeep.drain(heap);
    }
  }

  /**
   * Collects what is free before the pool grows: in heaps whose owners are gone, and what others
   * freed into the heap of the running thread and into shared ones. The running thread may be in
   * the middle of a call of a tier, in which the tier's state is whole.
   */
  public void reclaim() {
    drainCurrent();
    forShared(DRAIN);
    emptyAbandoned();
    retireAbandoned();
  }

  /** Empties the heap of the running thread, those of nobody, and the shared ones that are free. */
  public void trim() {
    forCurrentAndShared(EMPTY_CACHES);
    emptyAbandoned();
    forCurrentAndShared(RETIRE);
    retireAbandoned();
  }

  private void forCurrentAndShared(Step step) {
    int heap = owners.heapOfCurrentThread();
    if (heap != 0) {
      step.run(upkeep, heap);
    }
    forShared(step);
  }

  private void forShared(Step step) {
    for (Shared stripe : shared) {
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

  private void emptyAbandoned() {
    for (Own own = holdFrom(0); own != null; own = holdFrom(own.index + 1)) {
      try {
        if (own.cachesUsed) {
          upkeep.emptyCaches(own.heap);
          own.cachesUsed = false;
        }
      } finally {
        letGo(own);
      }
    }
  }

  private void retireAbandoned() {
    for (Own own = holdFrom(0); own != null; own = holdFrom(own.index + 1)) {
      try {
        boolean emptied = !own.cachesUsed; // else its owner came and died since
        if (emptied && (upkeep.drain(own.heap) || own.slabsUsed)) {
          upkeep.retire(own.heap);
          own.slabsUsed = false;
        }
      } finally {
        letGo(own);
      }
    }
  }

  /** Makes the next heap that is open and nobody's HELD; null when there is none. */
  private Own holdFrom(int index) {
    registry.lock();
    try {
      for (int i = index; i < all.size() && !closed; i++) {
        if (all.get(i).open && hold(all.get(i))) {
          return all.get(i);
        }
      }
      return null;
    } finally {
      registry.unlock();
    }
  }

  /** Makes every thread miss from now on; nobody enters a heap any more. */
  public void close() {
    registry.lock();
    try {
      closed = true;
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i).state == State.OWNED) {
          owners.remove(all.get(i).ownerId);
        }
      }
    } finally {
      registry.unlock();
    }
  }

  /** Refs of all heaps that were ever used. */
  public int[] heaps() {
    registry.lock();
    try {
      int[] refs = new int[heapCount];
      int count = 0;
      for (Own own : all) {
        if (own.open) {
          refs[count++] = own.heap;
        }
      }
      for (Shared stripe : shared) {
        if (stripe.open) {
          refs[count++] = stripe.heap;
        }
      }
      return Arrays.copyOf(refs, count);
    } finally {
      registry.unlock();
    }
  }
}
