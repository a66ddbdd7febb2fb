package hak.big;

import hak.core.memory.Round;
import hak.core.memory.SizeClasses;
import hak.core.memory.VirtualMemory;
import hak.core.spi.LargeTier;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Blocks out of ranges of addresses that are mapped in bulk (see {@link Ranges}); what is freed
 * keeps its memory for a while, so that its next user faults no page in.
 *
 * <h2>Concurrency</h2>
 *
 * One lock guards all that is known of ranges and extents. It is held while a range is mapped or
 * unmapped, once in a gibibyte. Memory goes back without it: the extent is taken out under the
 * lock, nobody's meanwhile, and put back after. Only {@link #allocate} and {@link #resize} need the
 * Java heap, before they change anything.
 *
 * <h2>When memory goes back</h2>
 *
 * When more is free with memory than {@code keepBytes}, and than {@code keepPercent} of what is in
 * use, as much of what was freed first as leaves three quarters of that: few calls with long
 * extents instead of one for each free. What was freed {@code purgeDelayNanos} ago, when a block is
 * freed or at {@link #decay}. All, at {@link #trim} or when the system has no more addresses. And
 * what the budget of the stack does not allow.
 *
 * @param keepBytes so much may be free with memory
 * @param keepPercent or so much, of the bytes in live blocks
 * @param purgeDelayNanos how long it is kept
 */
record BigTier(
    VirtualMemory virtualMemory,
    ReentrantLock lock,
    ExtentHeap heap,
    long keepBytes,
    int keepPercent,
    long purgeDelayNanos)
    implements LargeTier {
  /** More than any machine can map: 2^46 B. */
  static final long LARGEST_BYTES = 1L << 46;

  /** A block that becomes shorter than this, and than its half, moves to where small ones are. */
  private static final long LEAST_IN_PLACE_BYTES = 256 << 10;

  /** Between two looks whether others are done giving memory back: 20 us. */
  private static final long PAUSE_NANOS = 20_000;

  private static final int NONE = Extents.NONE;

  @Override
  public long largestBytes() {
    return LARGEST_BYTES;
  }

  @Override
  public long allocate(long size, long alignment) {
    return allocate(size, alignment, Place.USUAL);
  }

  @Override
  public long allocateToGrow(long size, long alignment) {
    return allocate(size, alignment, Place.TO_GROW);
  }

  @Override
  public long allocateSparse(long size, long alignment) {
    return alignment > LARGEST_BYTES ? 0 : tryAllocate(size, alignment, Place.SPARSE);
  }

  private long allocate(long size, long alignment, Place place) {
    if (size > LARGEST_BYTES || alignment > LARGEST_BYTES) {
      return 0;
    }
    long address = tryAllocate(size, alignment, place);
    if (address == 0 && holdsMemory()) {
      purgeAll(); // neighbours of what was dirty become one
      awaitPurges();
      address = tryAllocate(size, alignment, place);
    }
    return address;
  }

  private long tryAllocate(long size, long alignment, Place place) {
    lock.lock();
    try {
      int block = heap.allocate(size, alignment, place);
      return block == NONE ? 0 : heap.extents().address(block);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean release(long address) {
    long now = System.nanoTime();
    boolean mustPurge;
    lock.lock();
    try {
      int block = heap.live().at(address);
      if (block == NONE) {
        return false;
      }
      heap.look(block, virtualMemory);
      heap.release(block, now);
      mustPurge = mustPurge(now);
    } finally {
      lock.unlock();
    }
    if (mustPurge) {
      purgeSome(now);
    }
    return true;
  }

  private boolean mustPurge(long nowNanos) {
    return heap.dirtyBytes() > mostKept()
        || heap.share().excessBytes() > 0
        || heap.hasDirtySince(nowNanos - purgeDelayNanos);
  }

  /** Who uses much frees much, and takes it again; inside of the lock. */
  private long mostKept() {
    return Math.max(keepBytes, heap.live().bytes() / 100 * keepPercent);
  }

  @Override
  public long usableSize(long address) {
    lock.lock();
    try {
      int block = heap.live().at(address);
      return block == NONE ? 0 : heap.extents().bytes(block);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean comesZeroed(long address) {
    lock.lock();
    try {
      int block = heap.live().at(address);
      return block != NONE && heap.live().isZero(block);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long alignment(long address) {
    lock.lock();
    try {
      int block = heap.live().at(address);
      return block == NONE ? 0 : heap.live().alignment(block);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long goodSize(long size) {
    return Round.up(size, ExtentHeap.PAGE);
  }

  @Override
  public boolean resize(long address, long newSize) {
    long now = System.nanoTime();
    boolean mustPurge;
    lock.lock();
    try {
      int block = heap.live().at(address);
      if (block == NONE || newSize > LARGEST_BYTES || belongsElsewhere(block, newSize)) {
        return false;
      }
      if (!heap.resize(block, Math.max(newSize, 1), now)) {
        return false;
      }
      mustPurge = mustPurge(now);
    } finally {
      lock.unlock();
    }
    if (mustPurge) {
      purgeSome(now);
    }
    return true;
  }

  private boolean belongsElsewhere(int block, long newSize) {
    long bytes = heap.extents().bytes(block);
    return !staysSparse(block, newSize) && newSize < Math.min(LEAST_IN_PLACE_BYTES, bytes / 2);
  }

  /** What would come back to a place like its own. */
  private boolean staysSparse(int block, long newSize) {
    return !heap.extents().isHuge(block)
        && SizeClasses.isSparse(newSize, heap.live().alignment(block));
  }

  // ---- memory back to the system

  @Override
  public void decay(long nowNanos) {
    purgeSome(nowNanos);
    unmapEmptyRanges();
  }

  @Override
  public void trim() {
    purgeAll();
    unmapEmptyRanges();
  }

  private void unmapEmptyRanges() {
    lock.lock();
    try {
      heap.unmapEmptyRanges();
    } finally {
      lock.unlock();
    }
  }

  private void purgeSome(long nowNanos) {
    long beyondBudget = beyondBudget();
    long purged = purge(leftAfterPurge(), nowNanos);
    heap.share().giveUp(Math.min(beyondBudget, purged));
  }

  /** What the budget has go back and nothing else does. */
  private long beyondBudget() {
    lock.lock();
    try {
      long free = heap.dirtyBytes() + heap.busyBytes();
      long beyondOwn = Math.max(0, free - mostKept());
      return Math.max(0, Math.min(free, heap.share().excessBytes()) - beyondOwn);
    } finally {
      lock.unlock();
    }
  }

  private long leftAfterPurge() {
    lock.lock();
    try {
      long free = heap.dirtyBytes() + heap.busyBytes();
      long most = Math.min(mostKept(), Math.max(0, free - heap.share().excessBytes()));
      return free > most ? most / 4 * 3 : free;
    } finally {
      lock.unlock();
    }
  }

  private void purgeAll() {
    purge(0, System.nanoTime());
  }

  /**
   * Gives back what was kept its time, and of the rest as much as leaves {@code leftBytes}.
   *
   * @return how much
   */
  private long purge(long leftBytes, long nowNanos) {
    long purged = 0;
    boolean goesOn = true;
    while (goesOn) {
      int extent;
      long address;
      long bytes;
      lock.lock();
      try {
        extent = takeToPurge(leftBytes, nowNanos);
        if (extent == NONE) {
          return purged;
        }
        address = heap.extents().address(extent);
        bytes = heap.extents().bytes(extent);
      } finally {
        lock.unlock();
      }
      goesOn = purge(extent, address, bytes, nowNanos);
      purged += goesOn ? bytes : 0;
    }
    return purged;
  }

  private int takeToPurge(long leftBytes, long nowNanos) {
    if (heap.hasDirtySince(nowNanos - purgeDelayNanos)) {
      return heap.takeToPurge(Long.MAX_VALUE);
    }
    long excess = Round.up(heap.dirtyBytes() - leftBytes, ExtentHeap.PAGE);
    return excess > 0 ? heap.takeToPurge(excess) : NONE;
  }

  private boolean purge(int extent, long address, long bytes, long nowNanos) {
    boolean success = false;
    try {
      success = virtualMemory.purge(address, bytes);
    } finally {
      lock.lock();
      try {
        heap.purged(extent, success, nowNanos);
      } finally {
        lock.unlock();
      }
    }
    return success; // what is refused stays dirty, and the next call tries again
  }

  private boolean holdsMemory() {
    lock.lock();
    try {
      return heap.dirtyBytes() + heap.busyBytes() > 0;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nobody is giving memory back: a few system calls of others, at most. */
  private void awaitPurges() {
    while (isPurging()) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private boolean isPurging() {
    lock.lock();
    try {
      return heap.busyBytes() > 0;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    heap.share().close();
    lock.lock();
    try {
      heap.ranges().purgeAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void unmap() {
    lock.lock();
    try {
      heap.ranges().removeAll();
    } finally {
      lock.unlock();
    }
  }

  // ---- what there is

  @Override
  public long liveBlocks() {
    lock.lock();
    try {
      return heap.live().count();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long liveBytes() {
    lock.lock();
    try {
      return heap.live().usedBytes();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long mappedBytes() {
    lock.lock();
    try {
      return heap.live().bytes() + heap.dirtyBytes() + heap.busyBytes();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long freeBytes() {
    lock.lock();
    try {
      return heap.dirtyBytes() + heap.busyBytes();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long residentBytes() {
    lock.lock();
    try {
      return heap.residentBytes(virtualMemory);
    } finally {
      lock.unlock();
    }
  }
}
