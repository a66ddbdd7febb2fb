package hak.core.heaps;

import hak.core.heaps.OwnHeap.State;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which heaps with an owner there are and in which state each is. Every change of state in the
 * table of {@link ThreadHeaps} is a method here, under the registry lock; none calls a box.
 */
final class HeapRegistry {
  private final OwnerTable owners;
  private final HeapMemory memory;
  private final ReentrantLock lock;
  private final ArrayList<OwnHeap> all = new ArrayList<>();
  private int evictedCount;
  private volatile boolean closed;

  /**
   * No heaps yet.
   *
   * @param lock the registry lock
   */
  HeapRegistry(OwnerTable owners, HeapMemory memory, ReentrantLock lock) {
    this.owners = owners;
    this.memory = memory;
    this.lock = lock;
  }

  /** Refuses a call after close. */
  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the allocator is closed");
    }
  }

  /** How many heaps there are. */
  int count() {
    lock.lock();
    try {
      return all.size();
    } finally {
      lock.unlock();
    }
  }

  private void change(OwnHeap own, State state) {
    assert lock.isHeldByCurrentThread() : "states change under the lock";
    evictedCount += (state == State.EVICTED ? 1 : 0) - (own.state == State.EVICTED ? 1 : 0);
    own.state = state;
  }

  // ---- to own one

  /**
   * Holds a heap for a thread that has no slot: the one that it was evicted from, or one that
   * nobody is in, made if there is none; null when the thread can have none.
   */
  OwnHeap holdForOwner(long threadId) {
    lock.lock();
    try {
      requireOpen();
      if (slotFor(threadId) == 0) {
        return null;
      }
      OwnHeap evicted = evictedFrom(threadId);
      if (evicted != null) {
        change(evicted, State.HELD);
        return evicted;
      }
      for (int i = 0; i < all.size(); i++) {
        if (hold(all.get(i))) {
          return all.get(i);
        }
      }
      return newOwn();
    } finally {
      lock.unlock();
    }
  }

  private OwnHeap evictedFrom(long threadId) {
    for (int i = 0; evictedCount > 0 && i < all.size(); i++) {
      OwnHeap own = all.get(i);
      if (own.state == State.EVICTED && own.ownerId == threadId) {
        return own;
      }
    }
    return null;
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
      OwnHeap own = all.get(i);
      if (own.state == State.OWNED && own.ownerId == occupant) {
        return !own.isOwnerDead();
      }
    }
    return false;
  }

  /** What needs the Java heap comes before a heap is taken. */
  private OwnHeap newOwn() {
    OwnHeap own = new OwnHeap(all.size());
    all.ensureCapacity(all.size() + 1);
    own.heap = memory.newOwn();
    if (own.heap == 0) {
      return null;
    }
    all.add(own);
    return own;
  }

  /** What the boxes of a heap that is held have from now on is kept: it is not opened again. */
  void isOpenFromNowOn(OwnHeap own) {
    lock.lock();
    try {
      own.open = true;
      own.cachesUsed = true;
      own.slabsUsed = true;
      own.tailsUsed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Gives a heap that is held to the running thread and returns it; 0 when it has no slot. */
  int give(OwnHeap own, long threadId, WeakReference<Thread> owner) {
    lock.lock();
    try {
      change(own, State.IDLE);
      requireOpen();
      int slot = slotFor(threadId);
      if (slot == 0) {
        return 0;
      }
      change(own, State.OWNED);
      own.ownerId = threadId;
      own.owner = owner;
      own.cachesUsed = true;
      own.slabsUsed = true;
      own.tailsUsed = true;
      owners.enter(slot, threadId, own.heap);
      return own.heap;
    } finally {
      lock.unlock();
    }
  }

  /** The running thread has emptied the caches of its heap and leaves it to others. */
  void leave(int heap) {
    lock.lock();
    try {
      owners.remove(Thread.currentThread().threadId());
      for (int i = 0; i < all.size(); i++) {
        OwnHeap own = all.get(i);
        if (own.heap == heap && own.isSomebodys()) { // somebody may have evicted it meanwhile
          change(own, State.IDLE);
          own.cachesUsed = false;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  // ---- to hold one that is nobody's

  /** Makes a heap HELD if it is idle or its owner is dead. */
  private boolean hold(OwnHeap own) {
    assert !closed : "states change until close";
    if (own.isSomebodys() && own.isOwnerDead()) {
      owners.remove(own.ownerId);
    } else if (own.state != State.IDLE) {
      return false;
    }
    change(own, State.HELD);
    return true;
  }

  /**
   * Makes the next heap HELD that is open and nobody's, from number {@code from} to before {@code
   * to}; null when there is none.
   *
   * @param withCaches only one that may have blocks in its caches
   */
  OwnHeap holdNext(int from, int to, boolean withCaches) {
    lock.lock();
    try {
      for (int i = from; i < Math.min(to, all.size()) && !closed; i++) {
        OwnHeap own = all.get(i);
        if (own.open && (own.cachesUsed || !withCaches) && hold(own)) {
          return own;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Leaves a heap that is held to whoever needs one. */
  void letGo(OwnHeap own) {
    lock.lock();
    try {
      assert own.state == State.HELD : "let go by somebody who did not hold it";
      change(own, State.IDLE);
    } finally {
      lock.unlock();
    }
  }

  // ---- to take one from its owner

  /** The next heap, from number {@code from} on, of another thread than the running one. */
  OwnHeap nextOfAnother(int from) {
    long current = Thread.currentThread().threadId();
    lock.lock();
    try {
      for (int i = from; i < all.size() && !closed; i++) {
        OwnHeap own = all.get(i);
        if (own.isSomebodys() && own.ownerId != current) {
          return own;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** The owner of a heap; null when it is nobody's or the owner is gone. */
  Thread ownerOf(OwnHeap own) {
    lock.lock();
    try {
      return own.isSomebodys() ? own.owner.get() : null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the slot from the owner of a heap, who misses from its next call on and takes the heap
   * back then; it may still be inside.
   *
   * @return the number of the eviction, for {@link #isLeftBy}; 0 when the heap is not the thread's
   */
  int evict(OwnHeap own, Thread owner) {
    lock.lock();
    try {
      if (closed || !own.isSomebodys() || own.ownerId != owner.threadId()) {
        return 0;
      }
      owners.remove(own.ownerId);
      change(own, State.EVICTED);
      return ++own.evictions;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The heap that a thread was evicted from and not seen outside of, for the thread itself, which
   * goes on in it from now on: that it was seen outside before says no more. 0 if there is none.
   */
  int heapStillWith(long threadId) {
    lock.lock();
    try {
      OwnHeap own = closed ? null : evictedFrom(threadId);
      if (own == null) {
        return 0;
      }
      own.evictions++;
      return own.heap;
    } finally {
      lock.unlock();
    }
  }

  /** The evicted owner was seen outside since: the heap is nobody's, unless it came back. */
  void isLeftBy(OwnHeap own, int eviction) {
    lock.lock();
    try {
      if (!closed && own.state == State.EVICTED && own.evictions == eviction) {
        change(own, State.IDLE);
      }
    } finally {
      lock.unlock();
    }
  }

  // ---- all of them

  /** Makes every owner miss from now on; no state changes any more. */
  void close() {
    assert lock.isHeldByCurrentThread() : "closed under the lock";
    closed = true;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).state == State.OWNED) {
        owners.remove(all.get(i).ownerId);
      }
    }
  }

  /** Writes the heaps that were ever used into an array from a place on; returns the next place. */
  int copyUsed(int[] refs, int from) {
    assert lock.isHeldByCurrentThread() : "what is open is said under the lock";
    int next = from;
    for (OwnHeap own : all) {
      if (own.open) {
        refs[next++] = own.heap;
      }
    }
    return next;
  }
}
