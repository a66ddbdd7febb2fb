package hak.core.specialise;

import hak.core.AllocationSite;
import hak.core.ArenaOption;
import hak.core.HakAllocator;
import hak.core.LayerCount;
import hak.core.LayerEvent;
import hak.core.Ledger;
import hak.core.Policy;
import hak.core.ScopedArena;
import hak.core.ShadowCount;
import hak.core.StackDescription;
import hak.core.close.OpenState;
import hak.core.heaps.OwnerTable;
import hak.core.heaps.Stripes;
import hak.core.inside.RawAccess;
import hak.core.inside.StackView;
import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.memory.SizeClasses;
import hak.core.memory.StackRoom;
import hak.core.segments.ArenaChoice;
import hak.core.segments.Segments;
import hak.core.slow.SlowPath;
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
 *   otherwise mallocMissed                              otherwise freeMissed
 *     virtual thread: a shared heap, Stripes              virtual thread: a shared heap, Stripes
 *     second slot of the OwnerTable                       second slot of the OwnerTable
 *     otherwise SlowPath.malloc                           otherwise SlowPath.free
 * </pre>
 *
 * <p>Where a block has been taken no call follows, only arithmetic: interpreted code could meet the
 * end of the stack in it, and the block would be lost (see {@link StackRoom}). To leave a shared
 * heap is a call: room for it is asked for before the heap is entered.
 *
 * <p>A hidden class cannot name itself in a signature, so nothing here mentions its own type. Nor
 * is there a lambda or a reference to a method: the class that the JVM makes of one lives as long
 * as the loader of hak.core and keeps this one, and with it the memory of a closed stack.
 */
final class StackTemplate extends HakAllocator implements StackView.Source, Specialised {
  private static final StackParts PARTS = StackSpecialiser.partsOf(MethodHandles.lookup());

  private static final SlowPath SLOW_PATH = PARTS.slowPath();
  private static final Segments SEGMENTS = PARTS.segments();
  private static final OpenState STATE = SEGMENTS.state();
  private static final PageTable PAGES = PARTS.inside().pages();
  private static final OwnerTable OWNERS = PARTS.owners();
  private static final Stripes STRIPES = PARTS.inside().threadHeaps().stripes();
  private static final SizeClasses CLASSES = PARTS.inside().sizeClasses();
  private static final long BASE = PARTS.inside().memory().base();
  private static final long LARGEST_BLOCK = CLASSES.largestBytes();
  private static final long LENGTH = PARTS.reservedBytes();

  @Override
  public long malloc(long size) {
    if (Long.compareUnsigned(size, LARGEST_BLOCK) <= 0) {
      long thread = Thread.currentThread().threadId();
      int slot = OWNERS.slot(thread);
      if (OWNERS.isOwner(slot, thread)) {
        int block = takeBlock(OWNERS.heap(slot), CLASSES.of(size), size);
        return BASE + ((block & 0xFFFF_FFFFL) << Memory.UNIT_SHIFT); // as Memory.address
      }
    }
    return mallocMissed(size);
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
    freeMissed(address);
  }

  /**
   * For a thread that has not its first slot of the owner table: a virtual one works on a shared
   * heap, a platform thread may have its second slot. Everything else is the slow path's.
   */
  @OutOfLine
  private static long mallocMissed(long size) {
    if (Long.compareUnsigned(size, LARGEST_BLOCK) <= 0) {
      long thread = Thread.currentThread().threadId();
      if (Thread.currentThread().isVirtual()) {
        StackRoom.forCall();
        int stripe = STRIPES.tryEnter(thread);
        if (stripe != Stripes.NONE) {
          int block;
          try {
            block = takeBlock(STRIPES.heap(stripe), CLASSES.of(size), size);
          } finally {
            STRIPES.leave(stripe);
          }
          return BASE + ((block & 0xFFFF_FFFFL) << Memory.UNIT_SHIFT);
        }
      } else {
        int slot = OWNERS.secondSlot(thread);
        if (OWNERS.isOwner(slot, thread)) {
          int block = takeBlock(OWNERS.heap(slot), CLASSES.of(size), size);
          return BASE + ((block & 0xFFFF_FFFFL) << Memory.UNIT_SHIFT);
        }
      }
    }
    return SLOW_PATH.malloc(size);
  }

  /** As {@link #mallocMissed}; not static, for the address is where the JIT compiler wants it. */
  @OutOfLine
  private void freeMissed(long address) {
    int sizeClass = sizeClassOf(address);
    if (sizeClass != 0) {
      int block = Memory.refOfOffset(address - BASE);
      long thread = Thread.currentThread().threadId();
      if (Thread.currentThread().isVirtual()) {
        StackRoom.forCall();
        int stripe = STRIPES.tryEnter(thread);
        if (stripe != Stripes.NONE) {
          try {
            giveBlock(STRIPES.heap(stripe), sizeClass, block);
          } finally {
            STRIPES.leave(stripe);
          }
          return;
        }
      } else {
        int slot = OWNERS.secondSlot(thread);
        if (OWNERS.isOwner(slot, thread)) {
          giveBlock(OWNERS.heap(slot), sizeClass, block);
          return;
        }
      }
    }
    SLOW_PATH.free(address);
  }

  /** A block from the first box that has one; an error names the size. Written out. */
  @SuppressWarnings("UnusedVariable")
  private static int takeBlock(int heap, int sizeClass, long size) {
    return takeFromTier(heap, sizeClass, size);
  }

  /** Gives a block to the first box that takes it; the tier always does. Written out. */
  @SuppressWarnings("UnusedVariable")
  private static void giveBlock(int heap, int sizeClass, int block) {
    giveToTier(heap, sizeClass, block);
  }

  /** What follows the caches. Written out, and out of line. */
  @SuppressWarnings("UnusedVariable")
  private static int takeFromTier(int heap, int sizeClass, long size) {
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
    long rounded = (size + alignment - 1) & -alignment;
    boolean hasClass =
        Long.compareUnsigned(rounded - 1, LARGEST_BLOCK) < 0
            && CLASSES.isAligned(CLASSES.of(rounded), alignment)
            && !SizeClasses.isSparse(size, alignment);
    return hasClass ? malloc(rounded) : SLOW_PATH.malloc(size, alignment);
  }

  @Override
  @OutOfLine
  public long calloc(long count, long size) {
    long bytes = SlowPath.product(count, size);
    StackRoom.forSequence();
    long address = malloc(bytes);
    try {
      if (bytes <= LARGEST_BLOCK || !SLOW_PATH.comesZeroed(address)) {
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
    long usable = usableOf(address);
    if (isResizedInPlace(address, usable, newSize)) {
      return address;
    }
    StackRoom.forSequence();
    long moved =
        newSize <= LARGEST_BLOCK && sizeClassOf(address) != 0
            ? malloc(SLOW_PATH.sizeKeepingAlignment(address, newSize))
            : mallocToMove(usable, newSize, SLOW_PATH.alignmentOf(address));
    return move(address, moved, Math.min(usable, newSize));
  }

  @Override
  @OutOfLine
  public long realloc(long address, long newSize, long alignment) {
    if (address == 0) {
      return malloc(newSize, alignment);
    }
    SlowPath.requireAlignment(alignment);
    long usable = usableOf(address);
    if ((address & (alignment - 1)) == 0 && isResizedInPlace(address, usable, newSize)) {
      return address;
    }
    StackRoom.forSequence();
    return move(address, mallocToMove(usable, newSize, alignment), Math.min(usable, newSize));
  }

  private static long usableOf(long address) {
    STATE.requireOpen();
    int sizeClass = sizeClassOf(address);
    return sizeClass != 0 ? CLASSES.bytes(sizeClass) : SLOW_PATH.usableSize(address);
  }

  /** Whether a block of so many usable bytes has another size now where it is. */
  private static boolean isResizedInPlace(long address, long usable, long newSize) {
    return sizeClassOf(address) != 0
        ? newSize <= usable && newSize >= usable / 2
        : SLOW_PATH.resizeInPlace(address, newSize);
  }

  private long mallocToMove(long usable, long newSize, long alignment) {
    return newSize > usable && newSize > LARGEST_BLOCK
        ? SLOW_PATH.mallocToGrow(newSize, alignment)
        : malloc(newSize, alignment);
  }

  /** Ends a block that has another one in its place now. */
  private long move(long address, long moved, long bytes) {
    try {
      RawAccess.copy(address, moved, bytes);
      free(address);
    } catch (Throwable e) {
      free(moved); // the old block is a segment that cannot end now
      throw e;
    }
    return moved;
  }

  /** The size class of the slab that {@code address} is in, 0 when it is in none. */
  private static int sizeClassOf(long address) {
    long offset = address - BASE;
    return Long.compareUnsigned(offset, LENGTH) < 0
        ? PAGES.sizeClassOf(Memory.refOfOffset(offset))
        : 0;
  }

  @Override
  public long usableSize(long address) {
    STATE.requireOpen();
    int sizeClass = sizeClassOf(address);
    return sizeClass != 0 ? CLASSES.bytes(sizeClass) : SLOW_PATH.usableSize(address);
  }

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    if (byteSize > LARGEST_BLOCK
        || Long.compareUnsigned(byteAlignment - 1, MIN_ALIGNMENT) >= 0 // 0 and negative ones too
        || Long.bitCount(byteAlignment) != 1) {
      return allocateLarger(byteSize, byteAlignment);
    }
    StackRoom.forSequence();
    long address = malloc(byteSize, MIN_ALIGNMENT); // so that there is room for the mark of a free
    try {
      SEGMENTS.prepare(address);
      return SEGMENTS.inReservation(address, byteSize);
    } catch (Throwable e) {
      free(address); // it has no segment yet
      throw e;
    }
  }

  @OutOfLine
  private MemorySegment allocateLarger(long byteSize, long byteAlignment) {
    StackRoom.forSequence();
    long address =
        byteSize > LARGEST_BLOCK
            ? SLOW_PATH.mallocForSegment(byteSize, byteAlignment)
            : malloc(byteSize, byteAlignment);
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
      StackRoom.forSequence();
      long before = SEGMENTS.markFreed(segment);
      try {
        free(segment.address());
      } catch (Throwable e) {
        SEGMENTS.takeBack(segment, before);
        throw e;
      }
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
  public MemorySegment asSegment(long address, long byteSize) {
    return SEGMENTS.of(address, byteSize);
  }

  @Override
  public ScopedArena arena() {
    return SEGMENTS.confinedArena(this, true);
  }

  @Override
  public ScopedArena sharedArena() {
    return SEGMENTS.sharedArena(this, true);
  }

  @Override
  public ScopedArena arena(ArenaOption... options) {
    return ArenaChoice.open(SEGMENTS, this, options);
  }

  @Override
  public AllocationSite site(String name) {
    STATE.requireOpen();
    return newSite(name, PARTS.inside().boxes().ruleOf(name), CLASSES);
  }

  @Override
  public void trim() {
    STATE.requireOpen();
    SEGMENTS.endDeferred();
    PARTS.upkeep().trim();
  }

  @Override
  public void releaseThreadHeap() {
    PARTS.upkeep().releaseThreadHeap();
  }

  @Override
  public Ledger stats() {
    STATE.requireOpen();
    return PARTS.reports().ledger();
  }

  @Override
  public long liveBytes() {
    STATE.requireOpen();
    return PARTS.reports().liveBytes();
  }

  @Override
  public long goodSize(long size) {
    return SLOW_PATH.goodSize(size);
  }

  @Override
  public List<LayerCount> counts() {
    STATE.requireOpen();
    return PARTS.reports().counts();
  }

  @Override
  public List<LayerEvent> recentEvents() {
    STATE.requireOpen();
    return PARTS.reports().recentEvents();
  }

  @Override
  public List<ShadowCount> shadows() {
    STATE.requireOpen();
    return PARTS.reports().shadows();
  }

  @Override
  public StackDescription describe() {
    STATE.requireOpen();
    return PARTS.reports().description();
  }

  @Override
  public Policy policy() {
    STATE.requireOpen();
    return PARTS.policies().view();
  }

  @Override
  public StackView view() {
    return PARTS.inside();
  }

  @Override
  public StackParts parts() {
    return PARTS;
  }

  @Override
  public void close() {
    SEGMENTS.endDeferred(); // what is set aside is not live
    PARTS.closing().close();
  }
}
