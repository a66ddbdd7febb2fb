package hak.core.heaps;

import java.lang.ref.WeakReference;

/**
 * A heap that one thread owns at a time, and what {@link HeapRegistry} knows of it. Guarded by the
 * registry lock or by being HELD.
 */
final class OwnHeap {
  /** Who may enter the heap: see {@link ThreadHeaps}. */
  enum State {
    OWNED,
    EVICTED,
    HELD,
    IDLE
  }

  final int index;
  int heap;
  State state = State.HELD;
  boolean open;
  long ownerId;
  WeakReference<Thread> owner;

  /** How often an owner was evicted: says whether one came back and was evicted again. */
  int evictions;

  /** Whether there may be blocks in its caches. */
  boolean cachesUsed;

  /** Whether slabs of it may be empty. */
  boolean slabsUsed;

  /** Whether free blocks in its slabs may have memory that nobody tried to give back. */
  boolean tailsUsed;

  OwnHeap(int index) {
    this.index = index;
  }

  /** Whether a thread has it, which may be inside or dead. */
  boolean isSomebodys() {
    return state == State.OWNED || state == State.EVICTED;
  }

  boolean isOwnerDead() {
    Thread thread = owner.get();
    return thread == null || !thread.isAlive();
  }
}
