package hak.core;

import hak.core.inside.RawAccess;
import hak.core.inside.StackView;
import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.memory.SizeClasses;
import hak.core.memory.StackRoom;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.List;

/**
 * The hot half of a stack. Never used as it stands: {@link StackSpecialiser} loads these bytes anew
 * for each stack, with the stack's parts as constants and the bodies of {@link #takeBlock} and
 * {@link #giveBlock} written out for its boxes.
 *
 * <pre>
 * malloc(size)                                        free(address)
 *   class of size: one load from a table                in my reservation? one unsigned compare
 *   heap of this thread: OwnerTable                      ref, page descriptor: size class
 *   takeBlock: cache pop, cache pop, ..., tier          heap of this thread: OwnerTable
 *   ref to address                                      giveBlock: cache push, cache push, ..., tier
 *   otherwise StackRuntime.malloc                       otherwise StackRuntime.free
 * </pre>
 *
 * <p>Where a block has been taken no call follows, only arithmetic: interpreted code could meet the
 * end of the stack in it, and the block would be lost (see {@link StackRoom}).
 *
 * <p>A hidden class cannot name itself in a signature, so nothing here mentions its own type.
 */
final class StackTemplate extends HakAllocator implements StackView.Source {
  private static final StackParts PARTS = StackSpecialiser.partsOf(MethodHandles.lookup());

  private static final StackRuntime RUNTIME = PARTS.runtime();
  private static final Segments SEGMENTS = RUNTIME.segments();
  private static final PageTable PAGES = PARTS.pages();
  private static final OwnerTable OWNERS = PARTS.owners();
  private static final SizeClasses CLASSES = PARTS.sizeClasses();
  private static final long BASE = PARTS.memory().base();
  private static final long LARGEST_BLOCK = PARTS.sizeClasses().largestBytes();
  private static final long LENGTH = PARTS.reservedBytes();

  @Override
  public long malloc(long size) {
    if (Long.compareUnsigned(size, LARGEST_BLOCK) <= 0) {
      long thread = Thread.currentThread().threadId();
      int slot = OWNERS.slot(thread);
      if (OWNERS.isOwner(slot, thread)) {
        int block = takeBlock(OWNERS.heap(slot), CLASSES.of(size));
        return BASE + ((block & 0xFFFF_FFFFL) << Memory.UNIT_SHIFT); // as Memory.address
      }
    }
    return RUNTIME.malloc(size);
  }

  @Override
  public void free(long address) {
    long offset = address - BASE;
    if (Long.compareUnsigned(offset, LENGTH) < 0) {
      int block = Memory.refOfOffset(offset);
      int sizeClass = PAGES.sizeClassOf(block);
      long thread = Thread.currentThread().threadId();
      int slot = OWNERS.slot(thread);
      if (sizeClass != 0 && OWNERS.isOwner(slot, thread)) {
        giveBlock(OWNERS.heap(slot), sizeClass, block);
        return;
      }
    }
    RUNTIME.free(address);
  }

  /** A block from the first box that has one. Written out. */
  @SuppressWarnings("UnusedVariable")
  private static int takeBlock(int heap, int sizeClass) {
    return takeFromTier(heap, sizeClass);
  }

  /** Gives a block to the first box that takes it; the tier always does. Written out. */
  @SuppressWarnings("UnusedVariable")
  private static void giveBlock(int heap, int sizeClass, int block) {
    giveToTier(heap, sizeClass, block);
  }

  /** What follows the caches. Written out, and out of line. */
  @SuppressWarnings("UnusedVariable")
  private static int takeFromTier(int heap, int sizeClass) {
    throw new IllegalStateException("written by the specialiser");
  }

  /** What follows the caches. Written out, and out of line. */
  @SuppressWarnings("UnusedVariable")
  private static void giveToTier(int heap, int sizeClass, int block) {
    throw new IllegalStateException("written by the specialiser");
  }

  @Override
  public void free(long address, long size) {
    if (size < 0) {
      throw new IllegalArgumentException("size " + size + " is negative");
    }
    free(address);
  }

  @Override
  public long malloc(long size, long alignment) {
    if (alignment == 1 || alignment == 2 || alignment == 4 || alignment == 8) {
      return malloc(size); // every block is aligned so
    }
    if (alignment == MIN_ALIGNMENT) {
      return malloc(size >>> 4 == 0 ? MIN_ALIGNMENT : size); // blocks of up to 8 bytes may have 8
    }
    return RUNTIME.malloc(size, alignment);
  }

  @Override
  @OutOfLine
  public long calloc(long count, long size) {
    long bytes = StackRuntime.product(count, size);
    StackRoom.forSequence();
    long address = malloc(bytes);
    try {
      if (bytes <= LARGEST_BLOCK || !RUNTIME.comesZeroed(bytes)) {
        RawAccess.zero(address, bytes);
      }
    } catch (Throwable e) {
      free(address); // the Java heap had no room for the segment to fill
      throw e;
    }
    return address;
  }

  @Override
  @OutOfLine
  public long realloc(long address, long newSize) {
    if (address == 0) {
      return malloc(newSize);
    }
    StackRoom.forSequence();
    long usable = RUNTIME.usableSize(address);
    boolean fits = newSize <= usable && newSize >= usable / 2;
    if ((fits && newSize <= LARGEST_BLOCK) || RUNTIME.resizeInPlace(address, newSize)) {
      return address;
    }
    long moved = malloc(newSize);
    try {
      RawAccess.copy(address, moved, Math.min(usable, newSize));
      free(address);
    } catch (Throwable e) {
      free(moved); // the old block is a segment that cannot end now
      throw e;
    }
    return moved;
  }

  @Override
  public long usableSize(long address) {
    return RUNTIME.usableSize(address);
  }

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    if (byteSize > LARGEST_BLOCK || byteAlignment > MIN_ALIGNMENT) {
      return allocateLarger(byteSize, byteAlignment);
    }
    // Not used, and compiled away: where this finds room on the stack, the same does below.
    SEGMENTS.inReservation(BASE, 0);
    long address = malloc(byteSize, byteAlignment);
    try {
      return SEGMENTS.inReservation(address, byteSize);
    } catch (Throwable e) {
      free(address); // it has no segment yet
      throw e;
    }
  }

  @OutOfLine
  private MemorySegment allocateLarger(long byteSize, long byteAlignment) {
    StackRoom.forSequence();
    long address = malloc(byteSize, byteAlignment);
    try {
      return SEGMENTS.anywhere(address, byteSize);
    } catch (Throwable e) {
      free(address); // it has no segment yet
      throw e;
    }
  }

  @Override
  public void free(MemorySegment segment) {
    if (SEGMENTS.areInReservation(segment.scope())) {
      SEGMENTS.requireWhole(segment);
      free(segment.address());
    } else {
      freeOutside(segment);
    }
  }

  @OutOfLine
  private void freeOutside(MemorySegment segment) {
    StackRoom.forSequence();
    SEGMENTS.endScopeOf(segment);
    free(segment.address());
  }

  @Override
  public Arena arena() {
    return new HakArena(this, SEGMENTS, Arena.ofConfined());
  }

  @Override
  public Arena sharedArena() {
    return new HakArena(this, SEGMENTS, Arena.ofShared());
  }

  @Override
  public void trim() {
    RUNTIME.trim();
  }

  @Override
  public void releaseThreadHeap() {
    RUNTIME.releaseThreadHeap();
  }

  @Override
  public Ledger stats() {
    return RUNTIME.stats();
  }

  @Override
  public List<LayerCount> counts() {
    return RUNTIME.counts();
  }

  @Override
  public StackDescription describe() {
    return RUNTIME.description();
  }

  @Override
  public StackView view() {
    return RUNTIME;
  }

  @Override
  public void close() {
    RUNTIME.close();
  }
}
