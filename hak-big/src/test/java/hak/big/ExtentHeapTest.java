package hak.big;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.memory.KeepBudget;
import hak.core.memory.MemoryLimit;
import hak.testkit.FailingVirtualMemory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Extents against a model that has a block for each address and a state for each page. */
class ExtentHeapTest {
  private static final long PAGE = ExtentHeap.PAGE;
  private static final int NONE = Extents.NONE;

  /** So little that the random sequences use both kinds of pages. */
  private static final long HUGE_FROM_BYTES = 300 * PAGE;

  private static final long SPARSE_STEP = 64 << 10;
  private static final Place[] PLACES = Place.values();

  /** What a page of a range is in the model. */
  private enum Page {
    LIVE,
    DIRTY,
    BUSY,
    CLEAN
  }

  private record Block(long bytes, long used, long alignment) {}

  private final FailingVirtualMemory system = new FailingVirtualMemory();
  private final AtomicInteger mappings = new AtomicInteger();
  private final Ranges ranges =
      new Ranges(system, new MappingBudget(mappings, 1_000), Ranges.RANGE_BYTES);
  private final ExtentHeap heap = heapIn(ranges);
  private final TreeMap<Long, Block> live = new TreeMap<>();
  private final TreeMap<Long, Page> pages = new TreeMap<>();
  private final List<Integer> busy = new ArrayList<>();
  private long nowNanos;

  private static ExtentHeap heapIn(Ranges ranges) {
    return new ExtentHeap(
        ranges,
        new PageChoice(() -> HUGE_FROM_BYTES, new AtomicLong(), new AtomicLong()),
        MemoryLimit.none(),
        KeepBudget.none().bigBlocks());
  }

  private void setPages(long address, long bytes, Page state) {
    for (long at = address; at < address + bytes; at += PAGE) {
      pages.put(at, state);
    }
  }

  /** A page that was never used is clean. */
  private Page pageAt(long address) {
    return pages.getOrDefault(address, Page.CLEAN);
  }

  private void allocate(long size, long alignment, Place place) {
    int block = heap.allocate(size, alignment, place);
    assertNotEquals(NONE, block);
    long address = heap.extents().address(block);
    if (place == Place.SPARSE) {
      assertFalse(heap.extents().isHuge(block), "in huge pages");
      assertEquals(0, address % SPARSE_STEP, "where the next one may not fit");
    }
    long bytes = heap.extents().bytes(block);
    assertEquals((size + PAGE - 1) / PAGE * PAGE, bytes);
    assertEquals(0, address % alignment, "alignment");
    for (long at = address; at < address + bytes; at += PAGE) {
      assertNotEquals(Page.LIVE, pageAt(at), "two blocks in one page");
      assertNotEquals(Page.BUSY, pageAt(at), "a page whose memory is going back");
      if (heap.live().isZero(block)) {
        assertEquals(Page.CLEAN, pageAt(at), "said to be zero");
      }
    }
    setPages(address, bytes, Page.LIVE);
    live.put(address, new Block(bytes, size, alignment));
  }

  private long anyBlock(SplittableRandom random) {
    Long address =
        live.ceilingKey(live.firstKey() + random.nextLong(live.lastKey() + 1 - live.firstKey()));
    return address == null ? live.firstKey() : address;
  }

  private void release(long address) {
    int block = heap.live().at(address);
    assertNotEquals(NONE, block);
    heap.release(block, nowNanos++);
    setPages(address, live.remove(address).bytes(), Page.DIRTY);
  }

  private void resize(long address, long size) {
    Block before = live.get(address);
    long bytes = (size + PAGE - 1) / PAGE * PAGE;
    boolean isFree = true;
    for (long at = address + before.bytes(); at < address + bytes; at += PAGE) {
      isFree &= isInRangeOf(address, at) && (pageAt(at) == Page.DIRTY || pageAt(at) == Page.CLEAN);
    }
    assertEquals(isFree, heap.resize(heap.live().at(address), size, nowNanos++), "resized");
    if (isFree) {
      setPages(
          address + Math.min(bytes, before.bytes()),
          Math.abs(bytes - before.bytes()),
          bytes > before.bytes() ? Page.LIVE : Page.DIRTY);
      live.put(address, new Block(bytes, size, before.alignment()));
    }
  }

  private boolean isInRangeOf(long block, long address) {
    for (int range = 0; range < ranges.count(); range++) {
      long start = ranges.start(range);
      if (block >= start && block < start + ranges.bytes(range)) {
        return address < start + ranges.bytes(range);
      }
    }
    throw new AssertionError("a block outside of all ranges");
  }

  private void takeToPurge(long mostBytes) {
    int extent = heap.takeToPurge(mostBytes);
    if (extent != NONE) {
      busy.add(extent);
      assertTrue(heap.extents().bytes(extent) <= mostBytes, "more than was asked for");
      setPages(heap.extents().address(extent), heap.extents().bytes(extent), Page.BUSY);
    }
  }

  private void endPurge(boolean success) {
    if (!busy.isEmpty()) {
      int extent = busy.removeLast();
      setPages(
          heap.extents().address(extent),
          heap.extents().bytes(extent),
          success ? Page.CLEAN : Page.DIRTY);
      heap.purged(extent, success, nowNanos++);
    }
  }

  /** Compares every extent with the model, and that no two free neighbours are alike. */
  private void compare() {
    Map<Page, Long> bytesOf = new EnumMap<>(Page.class);
    int blocks = 0;
    for (int range = 0; range < ranges.count(); range++) {
      long at = ranges.start(range);
      Page before = Page.LIVE;
      for (int extent = ranges.firstExtent(range); extent != NONE; ) {
        Extents extents = heap.extents();
        assertEquals(at, extents.address(extent), "a gap between extents");
        Page state =
            switch (extents.state(extent)) {
              case Extents.LIVE -> Page.LIVE;
              case Extents.DIRTY -> Page.DIRTY;
              case Extents.BUSY -> Page.BUSY;
              case Extents.CLEAN -> Page.CLEAN;
              default -> throw new AssertionError("an extent that is not in use");
            };
        assertEquals(
            extents.isHuge(ranges.firstExtent(range)), extents.isHuge(extent), "pages of a range");
        assertTrue(state != before || state == Page.LIVE || state == Page.BUSY, "not merged");
        assertPagesAre(state, at, extents.bytes(extent));
        if (state == Page.LIVE) {
          Block block = live.get(at);
          assertEquals(block.bytes(), extents.bytes(extent));
          assertEquals(extent, heap.live().at(at));
          assertEquals(block.alignment(), heap.live().alignment(extent));
          blocks++;
        }
        bytesOf.merge(state, extents.bytes(extent), Long::sum);
        before = state;
        at = extents.end(extent);
        extent = extents.after(extent);
      }
      assertEquals(ranges.start(range) + ranges.bytes(range), at, "the end of a range");
    }
    assertEquals(live.size(), blocks);
    assertEquals(live.size(), heap.live().count());
    assertEquals(live.values().stream().mapToLong(Block::used).sum(), heap.live().usedBytes());
    assertEquals(bytesOf.getOrDefault(Page.LIVE, 0L), heap.live().bytes());
    assertEquals(bytesOf.getOrDefault(Page.DIRTY, 0L), heap.dirtyBytes());
    assertEquals(bytesOf.getOrDefault(Page.BUSY, 0L), heap.busyBytes());
  }

  private void assertPagesAre(Page state, long address, long bytes) {
    if (state != Page.CLEAN) {
      for (long at = address; at < address + bytes; at += PAGE) {
        assertEquals(state, pageAt(at));
      }
    }
    for (Map.Entry<Long, Page> page : pages.subMap(address, address + bytes).entrySet()) {
      assertEquals(state, page.getValue());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whateverIsDoneExtentsAreWhatTheModelHas(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 3_000; i++) {
      boolean grows = (i / 500) % 2 == 0;
      int choice = random.nextInt(100);
      long size = 1 + random.nextLong(random.nextInt(4) == 0 ? 200 * PAGE : 12 * PAGE);
      if (live.isEmpty() || choice < (grows ? 40 : 15)) {
        long alignment = 16L << random.nextInt(random.nextInt(3) == 0 ? 18 : 8);
        allocate(size, alignment, PLACES[random.nextInt(PLACES.length)]);
      } else if (choice < 60) {
        release(anyBlock(random));
      } else if (choice < 80) {
        resize(anyBlock(random), size);
      } else if (choice < 90) {
        takeToPurge(PAGE * (1 + random.nextInt(40)));
      } else {
        endPurge(random.nextInt(3) != 0);
      }
      if (i % 10 == 0) {
        compare();
      }
    }
    while (!live.isEmpty()) {
      release(live.firstKey());
    }
    while (!busy.isEmpty()) {
      endPurge(true);
    }
    compare();
    for (int extent = heap.takeToPurge(Long.MAX_VALUE);
        extent != NONE;
        extent = heap.takeToPurge(Long.MAX_VALUE)) {
      heap.purged(extent, true, nowNanos);
    }
    pages.clear();
    compare();
    for (int range = 0; range < ranges.count(); range++) {
      assertEquals(
          ranges.bytes(range), heap.extents().bytes(ranges.firstExtent(range)), "coalesced");
    }
    heap.unmapEmptyRanges();
    assertEquals(1, ranges.count(), "one empty range is kept");
    ranges.removeAll();
    system.assertNothingMapped();
    assertEquals(0, mappings.get());
  }

  @Test
  void emptyRangesAreUnmappedButForOneOfTheUsualLength() {
    int longOne = heap.allocate(3 * Ranges.RANGE_BYTES, PAGE, Place.USUAL);
    List<Integer> blocks = new ArrayList<>(List.of(longOne));
    for (int i = 0; i < 4; i++) {
      blocks.add(heap.allocate(Ranges.RANGE_BYTES, PAGE, Place.USUAL));
    }
    assertEquals(5, ranges.count());
    heap.unmapEmptyRanges();
    assertEquals(5, ranges.count(), "each has a block");
    blocks.forEach(block -> heap.release(block, 0));
    heap.unmapEmptyRanges();
    assertEquals(5, ranges.count(), "each has memory");
    for (int i = 0; i < 5; i++) {
      heap.purged(heap.takeToPurge(Long.MAX_VALUE), true, 0);
    }
    system.failFrom(1);
    heap.unmapEmptyRanges();
    assertEquals(5, ranges.count(), "the system refuses");
    system.succeed();
    heap.unmapEmptyRanges();
    assertEquals(1, ranges.count());
    assertEquals(Ranges.RANGE_BYTES, ranges.bytes(0));
    int again = heap.allocate(Ranges.RANGE_BYTES, PAGE, Place.USUAL);
    assertEquals(ranges.start(0), heap.extents().address(again));
    assertTrue(heap.live().isZero(again));
  }

  @Test
  void whatIsMergedIsAsOldAsItsOldestPart() {
    int first = heap.allocate(PAGE, PAGE, Place.USUAL);
    int second = heap.allocate(PAGE, PAGE, Place.USUAL);
    int between = heap.allocate(PAGE, PAGE, Place.USUAL);
    int third = heap.allocate(PAGE, PAGE, Place.USUAL);
    heap.release(second, 10);
    heap.release(third, 20);
    heap.release(first, 30);
    assertTrue(heap.hasDirtySince(10));
    int oldest = heap.takeToPurge(Long.MAX_VALUE);
    assertEquals(2 * PAGE, heap.extents().bytes(oldest), "first and second");
    assertTrue(!heap.hasDirtySince(19) && heap.hasDirtySince(20), "the third is left");
    assertEquals(Extents.LIVE, heap.extents().state(between));
  }

  @Test
  void blocksThatGrowInTurnEachHaveRoom() {
    int[] blocks = new int[8];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = heap.allocate(2 << 20, 16, Place.TO_GROW);
    }
    for (long size = 2 << 20; size <= 32 << 20; size += 1 << 20) {
      for (int block : blocks) {
        assertTrue(heap.resize(block, size, 0), "no room for " + size);
      }
    }
    assertEquals(1, ranges.count());
  }

  private long addressOf(int block) {
    assertNotEquals(NONE, block);
    return heap.extents().address(block);
  }

  @Test
  void blocksBeyondTheThresholdHaveHugePages() {
    int below = heap.allocate(HUGE_FROM_BYTES, PAGE, Place.USUAL);
    int beyond = heap.allocate(PAGE, PAGE, Place.USUAL);
    assertFalse(heap.extents().isHuge(below));
    assertTrue(heap.extents().isHuge(beyond));
    heap.release(below, 0);
    assertFalse(
        heap.extents().isHuge(heap.allocate(2 * PAGE, PAGE, Place.USUAL)), "what is kept is used");
  }

  @Test
  void aBlockThatGrowsHasHugePagesFromTheStart() {
    assertTrue(heap.extents().isHuge(heap.allocate(HUGE_FROM_BYTES / 4, PAGE, Place.TO_GROW)));
  }

  @Test
  void sparseBlocksOfOnePageAreUsedAgainWhateverTheirAlignment() {
    int first = heap.allocate(100, 16 << 10, Place.SPARSE);
    int second = heap.allocate(100, 64 << 10, Place.SPARSE);
    long addressOfFirst = addressOf(first);
    assertEquals(SPARSE_STEP, addressOf(second) - addressOfFirst);
    assertEquals(16 << 10, heap.live().alignment(first), "what was asked for");
    heap.release(first, 0);
    assertEquals(addressOfFirst, addressOf(heap.allocate(3_000, 64 << 10, Place.SPARSE)));
    assertTrue(heap.resize(second, SPARSE_STEP, 0), "what lies between is free");
  }

  @Test
  void sparseBlocksHaveNoPlaceInHugePagesEvenWhenThereIsNoOther() {
    MappingBudget one = new MappingBudget(new AtomicInteger(), 1);
    ExtentHeap small = heapIn(new Ranges(system, one, Ranges.RANGE_BYTES));
    assertNotEquals(NONE, small.allocate(2 * HUGE_FROM_BYTES, PAGE, Place.USUAL));
    assertEquals(NONE, small.allocate(100, SPARSE_STEP, Place.SPARSE));
    assertNotEquals(NONE, small.allocate(100, SPARSE_STEP, Place.USUAL));
  }

  @Test
  void aRangeIsRefusedBeforeThereAreTooManyMappings() {
    MappingBudget two = new MappingBudget(new AtomicInteger(), 2);
    ExtentHeap small = heapIn(new Ranges(system, two, Ranges.RANGE_BYTES));
    assertNotEquals(NONE, small.allocate(Ranges.RANGE_BYTES, PAGE, Place.USUAL));
    assertNotEquals(NONE, small.allocate(Ranges.RANGE_BYTES, PAGE, Place.USUAL));
    assertEquals(NONE, small.allocate(Ranges.RANGE_BYTES, PAGE, Place.USUAL));
    assertEquals(2, system.count(FailingVirtualMemory.Call.MAP));
    assertEquals(2, two.taken().get());
  }

  @Test
  void whereAddressSpaceIsScarceARangeIsNoLongerThanItMustBe() {
    MappingBudget budget = new MappingBudget(mappings, 1_000);
    Ranges few = new Ranges(system, budget, Ranges.LEAST_BYTES);
    ExtentHeap small = heapIn(few);
    for (long mebibytes : new long[] {3, 28, 40, 64}) {
      assertNotEquals(NONE, small.allocate(mebibytes << 20, PAGE, Place.USUAL));
    }
    long[] bytes = IntStream.range(0, few.count()).mapToLong(few::bytes).toArray();
    long step = Ranges.LEAST_BYTES;
    assertArrayEquals(new long[] {step, 2 * step, 2 * step}, bytes, "3 and 28 MiB are in one");
  }

  @Test
  void aSystemThatRefusesLongRangesGetsShorterOnes() {
    system.failOnce(1);
    assertNotEquals(NONE, heap.allocate(PAGE, PAGE, Place.USUAL));
    assertEquals(Ranges.RANGE_BYTES / 2, ranges.bytes(0));
    system.failFrom(1);
    assertEquals(NONE, heap.allocate(Ranges.RANGE_BYTES, PAGE, Place.USUAL));
    assertEquals(1, mappings.get());
  }
}
