package hak.core.heaps;

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
 * <p>Virtual threads use {@link SharedHeaps}; so does a platform thread that can have none of its
 * own.
 */
public final class ThreadHeaps {
  /** How many calls of threads with crowded slots go by until one asks again. */
  private static final int CROWDED_CALLS = 1_024;

  private enum State {
    OWNED,
    HELD,
    IDLE
  }

  private final OwnerTable owners;
  private final HeapUpkeep upkeep;
  private final ReentrantLock registry = new ReentrantLock();
  private final ArrayList<Own> all = new ArrayList<>();
  private final HeapMemory memory;
  private final SharedHeaps shared;
  private volatile boolean closed;

  /** Counted roughly: any thread, no lock. */
  private int crowdedCalls;

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

  /** How many heaps the threads share that have none of their own. */
  public static int sharedCount() {
    return SharedHeaps.most();
  }

  /**
   * No heaps yet.
   *
   * @param heapBytes bytes of a heap, a multiple of 64
   */
  public ThreadHeaps(OwnerTable owners, Reservation.Part part, int heapBytes, HeapUpkeep upkeep) {
    this.owners = owners;
    this.upkeep = upkeep;
    memory = new HeapMemory(registry, part, heapBytes, sharedCount());
    shared = new SharedHeaps(registry, memory, upkeep);
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
    if (heap == 0 && mayRegister(Thread.currentThread())) {
      heap = register(Thread.currentThread());
    }
    return heap != 0 ? work.run(heap, argument, extra) : withSharedHeap(work, argument, extra);
  }

  /** As {@link #withHeap}, in a shared heap whatever the thread has. */
  public <A> int withSharedHeap(Work<A> work, A argument, int extra) {
    int entry = shared.enter();
    try {
      requireOpen();
      int heap = shared.heap(entry);
      return heap == 0 ? 0 : work.run(heap, argument, extra);
    } finally {
      shared.leave(entry);
    }
  }

  /** The way into a shared heap that needs no registry, for the hot half of the stack. */
  public Stripes stripes() {
    return shared.stripes();
  }

  /**
   * Whether to ask the registry for a heap of its own for a thread that has none. A thread whose
   * slots both have an occupant asks now and then, for an occupant may have died: it would
   * otherwise take the registry lock in every call.
   */
  private boolean mayRegister(Thread thread) {
    return !thread.isVirtual()
        && (!owners.isCrowded(thread.threadId()) || crowdedCalls++ % CROWDED_CALLS == 0);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the allocator is closed");
    }
  }

  // ---- heaps with an owner

  /**
   * Gives the running thread a heap of its own, or 0 when its slots are taken or there is no memory
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
        isOpenFromNowOn(own);
        upkeep.opened(own.heap);
      }
      ready = true;
    } finally {
      if (!ready) {
        letGo(own);
      }
    }
    return give(own, thread.threadId(), reference);
  }

  /** What its boxes have from now on is kept: it is not opened again. */
  private void isOpenFromNowOn(Own own) {
    registry.lock();
    try {
      own.open = true;
      own.cachesUsed = true;
      own.slabsUsed = true;
    } finally {
      registry.unlock();
    }
  }

  /** A heap that nobody is in, made if there is none; null when the thread can have none. */
  private Own holdForOwner(long threadId) {
    registry.lock();
    try {
      requireOpen();
      if (slotFor(threadId) == 0) {
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

  /** A slot that the thread can have; 0 when both are taken by the living. */
  private int slotFor(long threadId) {
    int first = owners.slot(threadId);
    if (!isTaken(first)) {
      return first;
    }
    int second = owners.secondSlot(threadId);
    return isTaken(second) ? 0 : second;
  }

  private boolean isTaken(int slot) {
    long occupant = owners.occupant(slot);
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
    assert registry.isHeldByCurrentThread() && !closed
        : "states change under the lock, until close";
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
    own.heap = memory.newOwn();
    if (own.heap == 0) {
      return null;
    }
    all.add(own);
    return own;
  }

  private int give(Own own, long threadId, WeakReference<Thread> owner) {
    registry.lock();
    try {
      own.state = State.IDLE;
      requireOpen();
      int slot = slotFor(threadId);
      if (slot == 0) {
        return 0;
      }
      own.state = State.OWNED;
      own.ownerId = threadId;
      own.owner = owner;
      own.cachesUsed = true;
      own.slabsUsed = true;
      owners.enter(slot, threadId, own.heap);
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

  // ---- upkeep

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
    shared.forEachFree(HeapStep.DRAIN);
    emptyAbandoned();
    retireAbandoned();
  }

  /** Empties the heap of the running thread, those of nobody, and the shared ones that are free. */
  public void trim() {
    forCurrentAndShared(HeapStep.EMPTY_CACHES);
    emptyAbandoned();
    forCurrentAndShared(HeapStep.RETIRE);
    retireAbandoned();
  }

  private void forCurrentAndShared(HeapStep step) {
    int heap = owners.heapOfCurrentThread();
    if (heap != 0) {
      step.run(upkeep, heap);
    }
    shared.forEachFree(step);
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
      shared.close();
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
      int[] refs = new int[memory.count()];
      int count = shared.copyUsed(refs);
      for (Own own : all) {
        if (own.open) {
          refs[count++] = own.heap;
        }
      }
      return Arrays.copyOf(refs, count);
    } finally {
      registry.unlock();
    }
  }
}
