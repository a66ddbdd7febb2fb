package hak.core.slow;

import hak.core.HakAllocator;
import hak.core.Ledger;
import hak.core.StackDescription;
import hak.core.close.OpenState;
import hak.core.heaps.ThreadHeaps;
import hak.core.inside.OtherSystem;
import hak.core.limits.SystemLimits;
import hak.core.memory.Memory;
import hak.core.memory.MemoryLimit;
import hak.core.memory.PageTable;
import hak.core.memory.Reservation;
import hak.core.memory.SizeClasses;
import hak.core.memory.StackRoom;
import hak.core.report.Reports;
import hak.core.report.StackInside;
import hak.core.segments.Segments;
import hak.core.spi.FreeGuard;
import hak.core.spi.SizeTier;

/**
 * The calls that the hot half of a stack does not serve: a thread's first call, a miss of the owner
 * table, a larger size, bad input, no memory left. Ordinary code, shared by all stacks.
 */
public final class SlowPath {
  private static final ThreadHeaps.Work<SlowPath> TAKE_BLOCK = SlowPath::takeBlock;
  private static final ThreadHeaps.Work<SlowPath> GIVE_BLOCK = SlowPath::giveBlock;

  private final OpenState state;
  private final StackInside inside;
  private final Reservation reservation;
  private final MemoryLimit limit;
  private final Reports reports;
  private final ThreadHeaps heaps;
  private final Layers layers;
  private final LargeBlocks largeBlocks;
  private final FreeGuard[] guards;
  private final Upkeep upkeep;
  private final Segments segments;

  /** Of a stack that is about to be opened. */
  public SlowPath(
      OpenState state,
      StackInside inside,
      Reservation reservation,
      MemoryLimit limit,
      Layers layers,
      LargeBlocks largeBlocks,
      Segments segments,
      Upkeep upkeep,
      Reports reports) {
    this.state = state;
    this.inside = inside;
    this.reservation = reservation;
    this.limit = limit;
    this.layers = layers;
    this.largeBlocks = largeBlocks;
    this.segments = segments;
    this.upkeep = upkeep;
    this.reports = reports;
    heaps = inside.threadHeaps();
    guards = inside.boxes().of(FreeGuard.class).toArray(new FreeGuard[0]);
  }

  // ---- allocation

  /** A block of {@code size} bytes. */
  public long malloc(long size) {
    state.requireOpen();
    if (size < 0) {
      throw new IllegalArgumentException("size " + size + " is negative");
    }
    StackRoom.forCall();
    if (size <= inside.sizeClasses().largestBytes()) {
      return blockOrThrow(inside.sizeClasses().of(size), size);
    }
    return large(size, HakAllocator.MIN_ALIGNMENT, BlockUse.ANY);
  }

  /** A block at a multiple of {@code alignment}. */
  public long malloc(long size, long alignment) {
    return malloc(size, alignment, BlockUse.ANY);
  }

  /** A block in place of a smaller one: it has room to grow again where a tier can give it that. */
  public long mallocToGrow(long size, long alignment) {
    return malloc(size, alignment, BlockUse.TO_GROW);
  }

  /** A block that becomes a segment: where that ends without stopping all threads, if it can be. */
  public long mallocForSegment(long size, long alignment) {
    return malloc(size, alignment, BlockUse.SEGMENT);
  }

  private long malloc(long size, long alignment, BlockUse use) {
    state.requireOpen();
    if (size < 0) {
      throw new IllegalArgumentException("size " + size + " is negative");
    }
    requireAlignment(alignment);
    StackRoom.forCall();
    if (SizeClasses.isSparse(size, alignment)) {
      heaps.drainCurrent();
      long address = largeBlocks.allocateSparse(Math.max(size, 1), alignment);
      if (address != 0) {
        return address;
      }
    }
    int sizeClass =
        alignment <= PageTable.PAGE_BYTES ? inside.sizeClasses().aligned(size, alignment) : 0;
    return sizeClass != 0
        ? blockOrThrow(sizeClass, size)
        : large(Math.max(size, 1), Math.max(alignment, HakAllocator.MIN_ALIGNMENT), use);
  }

  /**
   * Checks an alignment.
   *
   * @throws IllegalArgumentException if it is not a power of two
   */
  public static void requireAlignment(long alignment) {
    if (alignment <= 0 || Long.bitCount(alignment) != 1) {
      throw new IllegalArgumentException("alignment " + alignment + " is not a power of two");
    }
  }

  private long blockOrThrow(int sizeClass, long size) {
    int block = heaps.withHeap(TAKE_BLOCK, this, sizeClass);
    if (block == 0) {
      throw outOfMemory(size);
    }
    return inside.memory().address(block);
  }

  private static int takeBlock(int heap, SlowPath stack, int sizeClass) {
    int block = stack.layers.take(heap, sizeClass);
    return block != 0 ? block : stack.takeLastBlock(heap, sizeClass);
  }

  /**
   * What follows when a tier has no memory: everything that is kept for later is given back, and
   * the tier is asked once more.
   *
   * @param size what was asked for, which the user is told
   * @throws OutOfMemoryError if it still has none; nothing changed then
   * @throws IllegalStateException if the stack was closed meanwhile
   */
  public int takeLastBlock(int heap, int sizeClass, long size) {
    int block = takeLastBlock(heap, sizeClass);
    if (block == 0) {
      throw outOfMemory(size);
    }
    return block;
  }

  /** As the other, but 0 if the tier still has none. */
  private int takeLastBlock(int heap, int sizeClass) {
    state.requireOpen();
    upkeep.trim();
    limit.rise(0);
    int block = layers.tierOf(sizeClass).allocate(heap, sizeClass);
    if (block == 0) {
      state.requireOpen();
    }
    return block;
  }

  private long large(long size, long alignment, BlockUse use) {
    heaps.drainCurrent();
    if (largeBlocks.serves(size, alignment)) {
      long address = largeBlocks.allocate(size, alignment, use);
      if (address == 0) {
        upkeep.trim();
        limit.rise(size);
        address = largeBlocks.allocate(size, alignment, use);
      }
      if (address != 0) {
        return address;
      }
    }
    state.requireOpen();
    throw outOfMemory(size);
  }

  private OutOfMemoryError outOfMemory(long size) {
    Ledger ledger = reports.books();
    return new OutOfMemoryError(
        String.format(
            "allocator '%s': %,d B requested, %,d B live in %,d B committed, limit of the region"
                + " %,d B (%s), largest block of its tiers %,d B%s%s",
            state.profile(),
            size,
            ledger.liveBytes(),
            ledger.committedBytes(),
            reservation.lengthBytes(),
            reasonOfRegion(),
            largeBlocks.largestBytes(),
            limit.isSet()
                ? String.format(
                    ", %,d B held of a limit of %,d B (option stack.limit)",
                    limit.heldBytes(), limit.hardBytes())
                : "",
            new SystemLimits(OtherSystem.files())
                .addressSpace()
                .map(space ->
                    String.format(
                        ", of RLIMIT_AS %,d MiB are left (ulimit -v)", space.leftBytes() >> 20))
                .orElse("")));
  }

  private String reasonOfRegion() {
    StackDescription description = reports.description();
    return description.regionBytes() < description.wantedRegionBytes()
        ? String.format(
            "the system refused the %,d B of option stack.region", description.wantedRegionBytes())
        : "option stack.region";
  }

  /** Whether a block of a large tier that was just allocated is known to be zero. */
  public boolean comesZeroed(long address) {
    return largeBlocks.comesZeroed(address);
  }

  /**
   * The bytes of {@code count} blocks of {@code size} bytes.
   *
   * @throws IllegalArgumentException if an argument is negative or the product overflows
   */
  public static long product(long count, long size) {
    if (count < 0 || size < 0) {
      throw new IllegalArgumentException("count " + count + " or size " + size + " is negative");
    }
    long bytes;
    try {
      bytes = Math.multiplyExact(count, size);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("count " + count + " x size " + size + " overflows", e);
    }
    return bytes;
  }

  // ---- release

  /** Frees a block, or deals with 0 and with an address that nobody owns. */
  public void free(long address) {
    state.requireOpen();
    if (address == 0) {
      return;
    }
    StackRoom.forCall();
    int sizeClass = sizeClassOf(address);
    if (sizeClass != 0) {
      int block = refOf(address);
      if (heaps.withHeap(GIVE_BLOCK, this, block) == 0) {
        // No memory for a heap: the tier alone can take the block back.
        layers.tierOf(sizeClass).release(SizeTier.NO_HEAP, sizeClass, block);
      }
      return;
    }
    heaps.drainCurrent();
    segments.forget(address);
    if (largeBlocks.release(address)) {
      return;
    }
    for (FreeGuard guard : guards) {
      if (guard.foreignFree(address)) {
        return;
      }
    }
    throw notOurs(address);
  }

  private static int giveBlock(int heap, SlowPath stack, int block) {
    stack.layers.give(heap, stack.inside.pages().sizeClassOf(block), block);
    return block;
  }

  private int refOf(long address) {
    return Memory.refOfOffset(address - reservation.base());
  }

  /** The size class of the slab that {@code address} is in, 0 when it is in none. */
  private int sizeClassOf(long address) {
    return reservation.contains(address) ? inside.pages().sizeClassOf(refOf(address)) : 0;
  }

  private IllegalArgumentException notOurs(long address) {
    return new IllegalArgumentException(
        String.format(
            "address 0x%x is no block of allocator '%s', whose range is 0x%x..0x%x",
            address,
            state.profile(),
            reservation.base(),
            reservation.base() + reservation.lengthBytes()));
  }

  // ---- blocks that exist

  /** The usable bytes of a block. */
  public long usableSize(long address) {
    state.requireOpen();
    StackRoom.forCall(); // a tier may take a lock
    long usable = usableOrZero(address);
    if (usable == 0) {
      throw notOurs(address);
    }
    return usable;
  }

  /**
   * The least usable bytes of a block of {@code size} bytes.
   *
   * @throws IllegalArgumentException if {@code size} is negative
   */
  public long goodSize(long size) {
    state.requireOpen();
    if (size < 0) {
      throw new IllegalArgumentException("size " + size + " is negative");
    }
    SizeClasses classes = inside.sizeClasses();
    return size <= classes.largestBytes()
        ? classes.bytes(classes.of(size))
        : largeBlocks.goodSize(size);
  }

  private long usableOrZero(long address) {
    int sizeClass = sizeClassOf(address);
    return sizeClass != 0 ? inside.sizeClasses().bytes(sizeClass) : largeBlocks.usableSize(address);
  }

  /** Tries to make a block of a large tier {@code newSize} bytes long without moving it. */
  public boolean resizeInPlace(long address, long newSize) {
    if (newSize < 0) {
      throw new IllegalArgumentException("size " + newSize + " is negative");
    }
    StackRoom.forCall();
    // A block with a segment of its own moves, and its segment ends.
    return !segments.hasSegment(address) && largeBlocks.resize(address, newSize);
  }

  /**
   * The alignment that a block keeps when it moves to a large tier or from one: what it was
   * allocated with. Size tiers do not know that; all blocks of the class are multiples of what this
   * gives for one.
   */
  public long alignmentOf(long address) {
    int sizeClass = sizeClassOf(address);
    return sizeClass != 0
        ? Math.min(commonAlignment(address, sizeClass), PageTable.PAGE_BYTES)
        : Math.max(largeBlocks.alignment(address), HakAllocator.MIN_ALIGNMENT);
  }

  /**
   * What to allocate in place of {@code newSize} bytes so that a block of a size class, which moves
   * to another, keeps its alignment: as much of it as makes the block no more than a quarter larger
   * than it must be.
   */
  public long sizeKeepingAlignment(long address, long newSize) {
    SizeClasses classes = inside.sizeClasses();
    long alignment = commonAlignment(address, sizeClassOf(address));
    for (; newSize > 0 && alignment > HakAllocator.MIN_ALIGNMENT; alignment /= 2) {
      int aligned = classes.aligned(newSize, alignment);
      if (aligned != 0 && classes.bytes(aligned) <= newSize + newSize / 4) {
        return classes.bytes(aligned);
      }
    }
    return newSize;
  }

  private long commonAlignment(long address, int sizeClass) {
    return Long.lowestOneBit(address | inside.sizeClasses().strideBytes(sizeClass));
  }

  // ---- as a virtual thread would: for the rehearsal

  /** A block from a shared heap. */
  public long mallocShared(long size) {
    StackRoom.forCall();
    int sizeClass = inside.sizeClasses().of(size);
    return inside.memory().address(heaps.withSharedHeap(TAKE_BLOCK, this, sizeClass));
  }

  /** Frees a block into a shared heap. */
  public void freeShared(long address) {
    StackRoom.forCall();
    heaps.withSharedHeap(GIVE_BLOCK, this, refOf(address));
  }
}
