package hak.core.heaps;

import hak.core.inside.Boxes;
import hak.core.memory.Reservation;
import hak.core.memory.SizeClasses;
import hak.core.spi.SizeTier;
import java.lang.ref.WeakReference;
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
 *   state    entered by                              becomes
 *   OWNED    its owner, without a lock               IDLE    the owner leaves it
 *                                                    HELD    the owner is found dead
 *                                                    EVICTED somebody trims: the owner's slot is emptied
 *   EVICTED  its owner, who may still be inside      IDLE    the owner is seen outside
 *                                                    HELD    the owner comes back, or is found dead
 *   HELD     the one thread that made it HELD        IDLE    done, or failed
 *                                                    OWNED   it was held to be owned
 *   IDLE     nobody                                  HELD    to empty it, or to own it
 *   shared   the holder of the heap's own lock
 *   closed   who was inside goes on to the end of its call; nobody enters
 * </pre>
 *
 * <p>Every change of state is made under the registry lock ({@link HeapRegistry}) and none after
 * {@link #close}. So no two are in a heap at once: a sweeper and an adopter both need it HELD,
 * which only one of them gets; a closer enters none; a walker is alone by contract. That an owner
 * who lives is outside is for {@link OutsideProof} to say.
 *
 * <h2>Memory order</h2>
 *
 * What the last one in a heap wrote is visible to the next: through the registry lock, or the
 * handshake of {@link OutsideProof}, or, where the last one is a dead owner, because a thread's
 * actions happen before {@link Thread#isAlive} returns false to another (JLS 17.4.4). It is not
 * joined: that takes the monitor of the thread, which is not ours. A weak reference that was
 * cleared says the same, for a thread that lives is reachable.
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

  /** How many heaps are looked at, at most, before the pool grows by a superslab. */
  private static final int RECLAIMED_HEAPS = 64;

  private final OwnerTable owners;
  private final HeapUpkeep upkeep;
  private final OutsideProof outside;
  private final ReentrantLock lock = new ReentrantLock();
  private final HeapMemory memory;
  private final HeapRegistry registry;
  private final SharedHeaps shared;

  /** Counted roughly: any thread, no lock. */
  private int crowdedCalls;

  /** Where the next {@link #reclaim} goes on. Any thread, no lock: a heap may be passed by. */
  private int nextReclaimed;

  /** How many heaps the threads share that have none of their own. */
  public static int sharedCount() {
    return SharedHeaps.most();
  }

  /**
   * No heaps yet.
   *
   * @param heapBytes bytes of a heap, a multiple of 64
   */
  public ThreadHeaps(
      OwnerTable owners,
      Reservation reservation,
      Reservation.Part part,
      int heapBytes,
      Boxes boxes,
      SizeClasses sizeClasses) {
    this.owners = owners;
    upkeep = HeapUpkeep.of(boxes, sizeClasses);
    outside = OutsideProof.of(boxes);
    memory = new HeapMemory(lock, reservation, part, heapBytes, sharedCount());
    registry = new HeapRegistry(owners, memory, lock);
    shared = new SharedHeaps(lock, memory, upkeep);
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
      registry.requireOpen();
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

  // ---- heaps with an owner

  /**
   * Whether to ask the registry for a heap of its own for a thread that has none. A thread whose
   * slots both have an occupant asks now and then, for an occupant may have died: it would
   * otherwise take the registry lock in every call.
   */
  private boolean mayRegister(Thread thread) {
    return !thread.isVirtual()
        && (!owners.isCrowded(thread.threadId()) || crowdedCalls++ % CROWDED_CALLS == 0);
  }

  /**
   * Gives the running thread a heap of its own, or 0 when its slots are taken or there is no memory
   * for a heap.
   */
  private int register(Thread thread) {
    WeakReference<Thread> reference = new WeakReference<>(thread);
    OwnHeap own = registry.holdForOwner(thread.threadId());
    if (own == null) {
      return 0;
    }
    boolean ready = false;
    try {
      if (!own.open) {
        upkeep.open(own.heap);
        registry.isOpenFromNowOn(own);
        upkeep.opened(own.heap);
      }
      ready = true;
    } finally {
      if (!ready) {
        registry.letGo(own);
      }
    }
    return registry.give(own, thread.threadId(), reference);
  }

  /** Empties the heap of the running thread and leaves it to others. */
  public void releaseCurrent() {
    int heap = heapOfCurrent();
    if (heap != 0) {
      upkeep.emptyCaches(heap);
      upkeep.retire(heap);
      registry.leave(heap);
    }
  }

  /**
   * The heap that the running thread has; also one that it was evicted from while it was inside,
   * for nobody else looks after that one. 0 if it has none.
   */
  private int heapOfCurrent() {
    int heap = owners.heapOfCurrentThread();
    return heap != 0 ? heap : registry.heapStillWith(Thread.currentThread().threadId());
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
   *
   * <p>Of many heaps some are looked at each time, in turn, so that a call that makes the pool grow
   * takes a bounded time; {@link #trim}, which comes before memory is refused, looks at all.
   */
  public void reclaim() {
    drainCurrent();
    shared.forEachFree(HeapStep.DRAIN);
    int from = nextReclaimed < registry.count() ? nextReclaimed : 0;
    int to = from + RECLAIMED_HEAPS;
    nextReclaimed = to;
    emptyAbandoned(from, to);
    retireAbandoned(from, to);
  }

  /**
   * Empties the heap of the running thread, those of nobody, those of threads that wait outside,
   * and the shared ones that are free: what they have goes to the pool.
   */
  public void empty() {
    takeFromIdle();
    forCurrentAndShared(HeapStep.EMPTY_CACHES);
    emptyAbandoned(0, Integer.MAX_VALUE);
    forCurrentAndShared(HeapStep.RETIRE);
    retireAbandoned(0, Integer.MAX_VALUE);
  }

  /** As {@link #empty}, and gives the memory of free blocks that remain back to the system. */
  public void trim() {
    empty();
    forCurrentAndShared(HeapStep.GIVE_BACK);
    giveBackAbandoned();
    upkeep.giveBack(SizeTier.NO_HEAP);
  }

  private void forCurrentAndShared(HeapStep step) {
    int heap = heapOfCurrent();
    if (heap != 0) {
      step.run(upkeep, heap);
    }
    shared.forEachFree(step);
  }

  /**
   * Makes the heaps of threads that wait nobody's; such a thread gets one again when it needs it.
   */
  private void takeFromIdle() {
    for (OwnHeap own = registry.nextOfAnother(0);
        own != null;
        own = registry.nextOfAnother(own.index + 1)) {
      Thread owner = registry.ownerOf(own);
      if (owner != null && outside.seemsIdle(owner)) {
        int eviction = registry.evict(own, owner);
        if (eviction != 0 && outside.isOutside(owner)) {
          registry.isLeftBy(own, eviction);
        }
      }
    }
  }

  /**
   * Looks at the running thread as at one that waits, so that what it takes is loaded and linked.
   */
  public void rehearse() {
    Thread current = Thread.currentThread();
    if (outside.seemsIdle(current) || outside.isOutside(current)) {
      throw new AssertionError("it runs, and in here");
    }
  }

  private void emptyAbandoned(int from, int to) {
    for (OwnHeap own = registry.holdNext(from, to, true);
        own != null;
        own = registry.holdNext(own.index + 1, to, true)) {
      try {
        upkeep.emptyCaches(own.heap);
        own.cachesUsed = false;
      } finally {
        registry.letGo(own);
      }
    }
  }

  private void retireAbandoned(int from, int to) {
    for (OwnHeap own = registry.holdNext(from, to, false);
        own != null;
        own = registry.holdNext(own.index + 1, to, false)) {
      try {
        boolean emptied = !own.cachesUsed; // else its owner came and died since
        if (emptied && (upkeep.drain(own.heap) || own.slabsUsed)) {
          upkeep.retire(own.heap);
          own.slabsUsed = false;
        }
      } finally {
        registry.letGo(own);
      }
    }
  }

  private void giveBackAbandoned() {
    for (OwnHeap own = registry.holdNext(0, Integer.MAX_VALUE, false);
        own != null;
        own = registry.holdNext(own.index + 1, Integer.MAX_VALUE, false)) {
      try {
        if (own.tailsUsed) {
          upkeep.giveBack(own.heap);
          own.tailsUsed = false;
        }
      } finally {
        registry.letGo(own);
      }
    }
  }

  /** Makes every thread miss from now on; nobody enters a heap any more. */
  public void close() {
    lock.lock();
    try {
      registry.close();
      shared.close();
    } finally {
      lock.unlock();
    }
  }

  /** Refs of all heaps that were ever used. */
  public int[] heaps() {
    lock.lock();
    try {
      int[] refs = new int[memory.count()];
      int count = registry.copyUsed(refs, shared.copyUsed(refs));
      return Arrays.copyOf(refs, count);
    } finally {
      lock.unlock();
    }
  }
}
