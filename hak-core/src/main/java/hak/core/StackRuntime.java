package hak.core;

import hak.core.inside.StackView;
import hak.core.memory.Memory;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.Reservation;
import hak.core.memory.SizeClasses;
import hak.core.memory.StackRoom;
import hak.core.memory.VirtualMemory;
import hak.core.spi.FreeGuard;
import hak.core.spi.LargeTier;
import hak.core.spi.Observer;
import hak.core.spi.SizeTier;
import hak.core.spi.ThreadCache;
import java.lang.foreign.Arena;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The cold half of a stack: registration, misses, larger sizes, reports, close. Ordinary code,
 * shared by all stacks; {@link StackTemplate} is the hot half.
 */
final class StackRuntime implements StackView {
  private static final System.Logger LOGGER = System.getLogger("hak");

  private final StackDescription description;
  private final Memory memory;
  private final PageTable pages;
  private final SizeClasses sizeClasses;
  private final PageRuns pageRuns;
  private final Reservation reservation;
  private final VirtualMemory virtualMemory;
  private final Boxes boxes;
  private final ThreadCache[] caches;
  private final SizeTier[] tierOfClass;
  private final LargeTier[] largeTiers;
  private final Observer[] observers;
  private final ThreadHeaps heaps;

  private final Segments segments;
  private final Unmapping unmapping;

  private final AtomicBoolean closed = new AtomicBoolean();

  private static final ThreadHeaps.Work<StackRuntime> TAKE_BLOCK = StackRuntime::takeBlock;
  private static final ThreadHeaps.Work<StackRuntime> GIVE_BLOCK = StackRuntime::giveBlock;

  /** The boxes of the stack, each role in order. */
  record Boxes(
      List<String> cacheIds,
      List<ThreadCache> caches,
      List<String> sizeTierIds,
      List<SizeTier> sizeTiers,
      List<Integer> lastClassOfTier,
      List<LargeTier> largeTiers,
      List<FreeGuard> guards,
      List<Observer> observers) {}

  StackRuntime(
      StackDescription description,
      Memory memory,
      PageTable pages,
      SizeClasses sizeClasses,
      PageRuns pageRuns,
      Reservation reservation,
      VirtualMemory virtualMemory,
      Boxes boxes,
      OwnerTable owners,
      Reservation.Part heapPart,
      int heapBytes) {
    this.description = description;
    this.memory = memory;
    this.pages = pages;
    this.sizeClasses = sizeClasses;
    this.pageRuns = pageRuns;
    this.reservation = reservation;
    this.virtualMemory = virtualMemory;
    this.boxes = boxes;
    caches = boxes.caches.toArray(new ThreadCache[0]);
    tierOfClass = tierOfClass(boxes, sizeClasses.last());
    largeTiers = boxes.largeTiers.toArray(new LargeTier[0]);
    observers = boxes.observers.toArray(new Observer[0]);
    HeapUpkeep upkeep =
        new HeapUpkeep(sizeClasses, caches, boxes.sizeTiers.toArray(new SizeTier[0]), tierOfClass);
    heaps = new ThreadHeaps(owners, heapPart, heapBytes, upkeep);
    Arena reachable = Arena.ofAuto();
    segments = Segments.of(this, memory, reservation.lengthBytes(), pages, sizeClasses, reachable);
    unmapping = Unmapping.when(reachable.scope(), reservation);
  }

  private static SizeTier[] tierOfClass(Boxes boxes, int lastClass) {
    SizeTier[] tiers = new SizeTier[lastClass + 1];
    int tier = 0;
    for (int sizeClass = 1; sizeClass <= lastClass; sizeClass++) {
      while (sizeClass > boxes.lastClassOfTier.get(tier)) {
        tier++;
      }
      tiers[sizeClass] = boxes.sizeTiers.get(tier);
    }
    return tiers;
  }

  boolean isOpen() {
    return !closed.get();
  }

  void requireOpen() {
    if (!isOpen()) {
      throw new IllegalStateException("allocator '" + description.profile() + "' is closed");
    }
  }

  // ---- allocation
  // -------------------------------------------------------------------------------------------------

  /**
   * What the hot path could not serve: the first call of a thread, a larger size, a bad size, no
   * memory.
   */
  long malloc(long size) {
    requireOpen();
    if (size < 0) {
      throw new IllegalArgumentException("size " + size + " is negative");
    }
    StackRoom.forCall();
    if (size <= sizeClasses.largestBytes()) {
      return blockOrThrow(sizeClasses.of(size), size);
    }
    return large(size, HakAllocator.MIN_ALIGNMENT);
  }

  /** A block at a multiple of {@code alignment}. */
  long malloc(long size, long alignment) {
    requireOpen();
    if (size < 0) {
      throw new IllegalArgumentException("size " + size + " is negative");
    }
    if (alignment <= 0 || Long.bitCount(alignment) != 1) {
      throw new IllegalArgumentException("alignment " + alignment + " is not a power of two");
    }
    StackRoom.forCall();
    int sizeClass = alignment <= PageTable.PAGE_BYTES ? sizeClasses.aligned(size, alignment) : 0;
    return sizeClass != 0
        ? blockOrThrow(sizeClass, size)
        : large(Math.max(size, 1), Math.max(alignment, HakAllocator.MIN_ALIGNMENT));
  }

  private long blockOrThrow(int sizeClass, long size) {
    int block = heaps.withHeap(TAKE_BLOCK, this, sizeClass);
    if (block == 0) {
      // No memory for a heap; what follows a refusing tier is in takeBlock.
      throw outOfMemory(size);
    }
    return memory.address(block);
  }

  /** As a virtual thread would: for {@link Rehearsal}. */
  long mallocShared(long size) {
    StackRoom.forCall();
    return memory.address(heaps.withSharedHeap(TAKE_BLOCK, this, sizeClasses.of(size)));
  }

  /** As a virtual thread would: for {@link Rehearsal}. */
  void freeShared(long address) {
    StackRoom.forCall();
    heaps.withSharedHeap(GIVE_BLOCK, this, Memory.refOfOffset(address - reservation.base()));
  }

  private static int takeBlock(int heap, StackRuntime stack, int sizeClass) {
    int layer = 0;
    for (ThreadCache cache : stack.caches) {
      int block = cache.pop(heap, sizeClass);
      stack.observePop(heap, layer++, sizeClass, block);
      if (block != 0) {
        return block;
      }
    }
    int block = stack.tierOfClass[sizeClass].allocate(heap, sizeClass);
    stack.observePop(heap, layer + stack.tierNumber(sizeClass), sizeClass, block);
    return block != 0 ? block : stack.takeLastBlock(heap, sizeClass);
  }

  private int tierNumber(int sizeClass) {
    int tier = 0;
    while (sizeClass > boxes.lastClassOfTier.get(tier)) {
      tier++;
    }
    return tier;
  }

  private void observePop(int heap, int layer, int sizeClass, int block) {
    for (Observer observer : observers) {
      try {
        observer.popped(heap, layer, sizeClass, block != 0);
      } catch (Throwable ignored) {
        // The block is taken: it goes to its user whatever an observer does.
      }
    }
  }

  private void observePush(int heap, int layer, int sizeClass, boolean accepted) {
    for (Observer observer : observers) {
      try {
        observer.pushed(heap, layer, sizeClass, accepted);
      } catch (Throwable ignored) {
        // The block is given back already, or goes to the next box.
      }
    }
  }

  /**
   * What follows when a tier has no memory: everything that is kept for later is given back, and
   * the tier is asked once more.
   *
   * @throws OutOfMemoryError if it still has none; nothing changed then
   * @throws IllegalStateException if the stack was closed meanwhile
   */
  int takeLastBlock(int heap, int sizeClass) {
    requireOpen();
    trim();
    int block = tierOfClass[sizeClass].allocate(heap, sizeClass);
    if (block == 0) {
      requireOpen();
      throw outOfMemory(sizeClasses.bytes(sizeClass));
    }
    return block;
  }

  private long large(long size, long alignment) {
    heaps.drainCurrent();
    if (size <= largestBytes() && alignment <= largestBytes()) {
      long address = fromLargeTiers(size, alignment);
      if (address == 0) {
        trim();
        address = fromLargeTiers(size, alignment);
      }
      if (address != 0) {
        return address;
      }
    }
    requireOpen();
    throw outOfMemory(size);
  }

  private long fromLargeTiers(long size, long alignment) {
    for (LargeTier tier : largeTiers) {
      if (size <= tier.largestBytes()) {
        long address = tier.allocate(size, alignment);
        if (address != 0) {
          return address;
        }
      }
    }
    return 0;
  }

  private long largestBytes() {
    return largeTiers.length == 0
        ? sizeClasses.largestBytes()
        : largeTiers[largeTiers.length - 1].largestBytes();
  }

  private OutOfMemoryError outOfMemory(long size) {
    Ledger ledger = ledger();
    return new OutOfMemoryError(
        String.format(
            "allocator '%s': %,d B requested, %,d B live in %,d B committed, limit of the region"
                + " %,d B (option stack.region), largest block of its tiers %,d B",
            description.profile(),
            size,
            ledger.liveBytes(),
            ledger.committedBytes(),
            reservation.lengthBytes(),
            largestBytes()));
  }

  /**
   * Offers a block to the caches in order: what a refilling tier hands out beyond the block asked
   * for.
   */
  boolean acceptRefill(int heap, int sizeClass, int block) {
    for (ThreadCache cache : caches) {
      if (cache.push(heap, sizeClass, block)) {
        return true;
      }
    }
    return false;
  }

  // ---- release
  // ----------------------------------------------------------------------------------------------------

  /**
   * What the hot path could not free: the first call of a thread, a larger block, 0, an address
   * nobody owns.
   */
  void free(long address) {
    requireOpen();
    if (address == 0) {
      return;
    }
    StackRoom.forCall();
    if (isInReservation(address)) {
      int block = Memory.refOfOffset(address - reservation.base());
      int sizeClass = pages.sizeClassOf(block);
      if (sizeClass != 0) {
        if (heaps.withHeap(GIVE_BLOCK, this, block) == 0) {
          // No memory for a heap: the tier alone can take the block back.
          tierOfClass[sizeClass].release(SizeTier.NO_HEAP, sizeClass, block);
        }
        return;
      }
    }
    heaps.drainCurrent();
    segments.forget(address);
    for (LargeTier tier : largeTiers) {
      if (tier.release(address)) {
        return;
      }
    }
    for (FreeGuard guard : boxes.guards) {
      if (guard.foreignFree(address)) {
        return;
      }
    }
    throw notOurs(address);
  }

  private boolean isInReservation(long address) {
    return Long.compareUnsigned(address - reservation.base(), reservation.lengthBytes()) < 0;
  }

  private IllegalArgumentException notOurs(long address) {
    return new IllegalArgumentException(
        String.format(
            "address 0x%x is no block of allocator '%s', whose range is 0x%x..0x%x",
            address,
            description.profile(),
            reservation.base(),
            reservation.base() + reservation.lengthBytes()));
  }

  private static int giveBlock(int heap, StackRuntime stack, int block) {
    int sizeClass = stack.pages.sizeClassOf(block);
    int layer = 0;
    for (ThreadCache cache : stack.caches) {
      boolean accepted = cache.push(heap, sizeClass, block);
      stack.observePush(heap, layer++, sizeClass, accepted);
      if (accepted) {
        return block;
      }
    }
    stack.tierOfClass[sizeClass].release(heap, sizeClass, block);
    stack.observePush(heap, layer + stack.tierNumber(sizeClass), sizeClass, true);
    return block;
  }

  // ---- blocks that exist
  // ------------------------------------------------------------------------------------------

  long usableSize(long address) {
    requireOpen();
    StackRoom.forCall(); // a tier may take a lock
    long usable = usableOrZero(address);
    if (usable == 0) {
      throw notOurs(address);
    }
    return usable;
  }

  long usableOrZero(long address) {
    if (isInReservation(address)) {
      int sizeClass = pages.sizeClassOf(Memory.refOfOffset(address - reservation.base()));
      if (sizeClass != 0) {
        return sizeClasses.bytes(sizeClass);
      }
    }
    for (LargeTier tier : largeTiers) {
      long usable = tier.usableSize(address);
      if (usable != 0) {
        return usable;
      }
    }
    return 0;
  }

  /** Tries to make a block {@code newSize} bytes long without moving it. */
  boolean resizeInPlace(long address, long newSize) {
    if (newSize < 0) {
      throw new IllegalArgumentException("size " + newSize + " is negative");
    }
    if (segments.hasSegment(address)) {
      return false; // it moves, and its segment ends
    }
    for (LargeTier tier : largeTiers) {
      if (tier.resize(address, newSize)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a block of this size comes zeroed from its tier. */
  boolean comesZeroed(long size) {
    for (LargeTier tier : largeTiers) {
      if (size > sizeClasses.largestBytes() && size <= tier.largestBytes()) {
        return tier.zeroed();
      }
    }
    return false;
  }

  static long product(long count, long size) {
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

  // ---- upkeep
  // -----------------------------------------------------------------------------------------------------

  /** Before the pool grows: what is free already is used first. */
  void reclaim() {
    heaps.reclaim();
  }

  void trim() {
    requireOpen();
    StackRoom.forCall();
    heaps.trim();
    for (LargeTier tier : largeTiers) {
      tier.trim();
    }
    pageRuns.trim();
  }

  void releaseThreadHeap() {
    requireOpen();
    StackRoom.forCall();
    heaps.releaseCurrent();
  }

  void close() {
    StackRoom.forCall();
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    heaps.close();
    pageRuns.close(); // large tiers reach it, and what unmaps must not reach the stack
    unmapping.arm(largeTiers);
    try {
      reportLiveBlocks();
    } finally {
      for (LargeTier tier : largeTiers) {
        tier.close();
      }
      reservation.dropData();
      Reference.reachabilityFence(this); // the memory that was just dropped is unmapped after
    }
  }

  private void reportLiveBlocks() {
    Ledger ledger = ledger();
    if (ledger.liveBlocks() > 0) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          () ->
              String.format(
                  "allocator '%s' closed with %,d live blocks, %,d B",
                  description.profile(), ledger.liveBlocks(), ledger.liveBytes()));
    }
  }

  // ---- reports
  // ----------------------------------------------------------------------------------------------------

  Ledger stats() {
    requireOpen();
    return ledger();
  }

  private Ledger ledger() {
    StackRoom.forCall(); // locks are taken on the way
    return new LedgerReader(this, reservation).read();
  }

  List<LayerCount> counts() {
    requireOpen();
    List<String> ids = layers();
    List<LayerCount> sums = new ArrayList<>();
    for (int layer = 0; layer < ids.size() && !boxes.observers.isEmpty(); layer++) {
      sums.add(new LayerCount(ids.get(layer), 0, 0, 0, 0));
    }
    for (Observer observer : boxes.observers) {
      for (int heap : heaps()) {
        for (Observer.Count count : observer.counts(heap)) {
          LayerCount sum = sums.get(count.layer());
          sums.set(
              count.layer(),
              new LayerCount(
                  sum.id(),
                  sum.pops() + count.pops(),
                  sum.hits() + count.hits(),
                  sum.pushes() + count.pushes(),
                  sum.accepted() + count.accepted()));
        }
      }
    }
    return Collections.unmodifiableList(sums);
  }

  /** The profile's name. */
  String name() {
    return description.profile();
  }

  Segments segments() {
    return segments;
  }

  Boxes boxes() {
    return boxes;
  }

  StackDescription description() {
    requireOpen();
    return description;
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public PageTable pages() {
    return pages;
  }

  @Override
  public PageRuns pageRuns() {
    return pageRuns;
  }

  @Override
  public SizeClasses sizeClasses() {
    return sizeClasses;
  }

  @Override
  public List<ThreadCache> caches() {
    return boxes.caches;
  }

  @Override
  public List<SizeTier> sizeTiers() {
    return boxes.sizeTiers;
  }

  @Override
  public List<LargeTier> largeTiers() {
    return boxes.largeTiers;
  }

  @Override
  public List<String> layers() {
    List<String> ids = new ArrayList<>(boxes.cacheIds);
    ids.addAll(boxes.sizeTierIds);
    return ids;
  }

  @Override
  public List<Observer> observers() {
    return boxes.observers;
  }

  @Override
  public long systemCalls() {
    return virtualMemory.callCount();
  }

  @Override
  public int[] heaps() {
    StackRoom.forBox();
    return heaps.heaps();
  }
}
