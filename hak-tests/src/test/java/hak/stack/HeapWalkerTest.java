package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.testkit.HeapCorruption;
import hak.testkit.HeapReport;
import hak.testkit.HeapWalker;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The walker finds what is broken on purpose, and names it. */
class HeapWalkerTest {
  private static final long SIZE = 100;

  private HakAllocator allocator;
  private Memory memory;
  private PageTable pages;
  private long[] live;

  /** A stack with ten live blocks of one slab and one live run. */
  private void open(Profile profile) {
    allocator = Hak.open(profile);
    StackView view = StackView.of(allocator);
    memory = view.memory();
    pages = view.pages();
    live = new long[11];
    for (int i = 0; i < 10; i++) {
      live[i] = allocator.malloc(SIZE);
    }
    live[10] = allocator.malloc(200_000);
    HeapWalker.check(allocator, live);
  }

  @AfterEach
  void close() {
    allocator.close();
  }

  private int ref(long address) {
    return Memory.refOfOffset(address - memory.base());
  }

  private int slab() {
    return pages.headOf(ref(live[0]));
  }

  private String slabName() {
    return String.format(
        "slab 0x%x (size class %d, %d B)",
        memory.address(pages.pageOf(slab())),
        pages.sizeClass(slab()),
        allocator.usableSize(live[0]));
  }

  private void assertCorrupt(String... parts) {
    HeapCorruption e = assertThrows(HeapCorruption.class, () -> HeapWalker.check(allocator, live));
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), () -> part + " is not in: " + e.getMessage());
    }
  }

  private static String hex(long address) {
    return String.format("0x%x", address);
  }

  @Test
  void countsBlocksByPlace() {
    open(TestStack.CACHED.profile());
    long cached = HeapWalker.check(allocator).cachedBlocks();
    allocator.free(live[0]);
    HeapReport report = HeapWalker.check(allocator);
    assertEquals(9, report.userBlocks());
    assertEquals(cached + 1, report.cachedBlocks());
    assertEquals(1, report.runs());
    assertEquals(1, report.slabs());
    assertEquals(10, report.liveBlocks());
  }

  @Test
  void aBlockFreedTwiceIsInTwoPlaces() {
    open(TestStack.BARE.profile());
    allocator.free(live[3]);
    allocator.free(live[3]);
    assertCorrupt(slabName(), hex(live[3]), "local list");
  }

  @Test
  void aBlockInTheCacheAndInTheLocalList() {
    open(TestStack.CACHED.profile());
    allocator.free(live[3]);
    pages.local(slab(), BlockList.push(memory, pages.local(slab()), ref(live[3])));
    assertCorrupt(slabName(), hex(live[3]), "local list", "two places");
  }

  @Test
  void aBlockInTwoCaches() {
    open(TestStack.CACHED.profile().with(Section.CACHES, List.of("ring-cache", "tls-sll")));
    StackView view = StackView.of(allocator);
    int heap = view.heaps()[0];
    int sizeClass = pages.sizeClass(slab());
    view.caches().get(0).push(heap, sizeClass, ref(live[2]));
    view.caches().get(1).push(heap, sizeClass, ref(live[2]));
    assertCorrupt(slabName(), hex(live[2]), "ring-cache", "tls-sll");
  }

  @Test
  void aCachedBlockOfAnotherSizeClass() {
    open(TestStack.CACHED.profile());
    StackView view = StackView.of(allocator);
    view.caches().getFirst().push(view.heaps()[0], 1, ref(live[2]));
    assertCorrupt(slabName(), hex(live[2]), "tls-sll", "size class 1");
  }

  @Test
  void aCachedBlockOfNoSlab() {
    open(TestStack.CACHED.profile().with(Section.CACHES, List.of("ring-cache")));
    StackView view = StackView.of(allocator);
    view.caches().getFirst().push(view.heaps()[0], 1, ref(live[10]));
    assertCorrupt(hex(live[10]), "ring-cache", "no slab");
  }

  @Test
  void anInteriorAddressInAList() {
    open(TestStack.BARE.profile());
    pages.local(slab(), BlockList.push(memory, BlockList.EMPTY, ref(live[3] + 8)));
    assertCorrupt(slabName(), hex(live[3] + 8), "local list");
  }

  @Test
  void aBlockThatWasNeverCarved() {
    open(TestStack.BARE.profile());
    int beyond =
        ref(memory.address(pages.pageOf(slab())))
            + pages.carved(slab()) * (int) allocator.usableSize(live[0]) / 8;
    pages.local(slab(), BlockList.push(memory, BlockList.EMPTY, beyond));
    assertCorrupt(slabName(), hex(memory.address(beyond)), "carved");
  }

  @Test
  void aWriteIntoAFreeBlockBreaksItsList() {
    open(TestStack.BARE.profile());
    allocator.free(live[3]);
    allocator.free(live[4]);
    memory.putLong(ref(live[4]), 0, BlockList.word(ref(live[10]), 1));
    assertCorrupt("local list", hex(live[10]));
  }

  @Test
  void aListWhoseCountIsNotItsLength() {
    open(TestStack.BARE.profile());
    allocator.free(live[3]);
    allocator.free(live[4]);
    pages.local(slab(), BlockList.word(ref(live[4]), 3));
    assertCorrupt(slabName(), "local list", "counts 3");
  }

  @Test
  void aCycleInAList() {
    open(TestStack.BARE.profile());
    allocator.free(live[3]);
    allocator.free(live[4]);
    memory.putLong(ref(live[3]), 0, BlockList.word(ref(live[4]), 1));
    assertCorrupt(slabName());
  }

  @Test
  void aBlockOfAnotherSlabInTheRemoteList() {
    open(TestStack.BARE.profile());
    long other = allocator.malloc(500);
    pages.compareAndSetRemote(
        slab(), BlockList.EMPTY, BlockList.push(memory, BlockList.EMPTY, ref(other)));
    assertCorrupt(slabName(), hex(other), "remote list", "another slab");
  }

  @Test
  void aBlockLost() {
    open(TestStack.BARE.profile());
    allocator.malloc(SIZE); // and forgotten
    assertCorrupt(slabName(), "lost");
  }

  @Test
  void aRunLost() {
    open(TestStack.BARE.profile());
    long forgotten = allocator.malloc(100_000);
    assertCorrupt(hex(forgotten), "lost");
  }

  @Test
  void aFreeBlockThatTheCallerHolds() {
    open(TestStack.BARE.profile());
    allocator.free(live[3]);
    assertCorrupt(hex(live[3]), "no live block");
  }

  @Test
  void oneBlockHandedOutTwice() {
    open(TestStack.BARE.profile());
    live[1] = live[0];
    assertCorrupt(hex(live[0]), "twice");
  }

  @Test
  void moreCarvedThanPossible() {
    open(TestStack.BARE.profile());
    pages.carved(slab(), pages.capacity(slab()) + 1);
    assertCorrupt("size class " + pages.sizeClass(slab()), "carved");
  }

  @Test
  void aCountOfTheTierThatIsNotTheTruth() {
    open(TestStack.BARE.profile());
    pages.carved(slab(), pages.carved(slab()) + 1);
    assertCorrupt(slabName(), "lost");
  }

  @Test
  void aSlabOfAnUnknownHeap() {
    open(TestStack.BARE.profile());
    int head = slab();
    int owner = pages.owner(head);
    memory.putInt(head, 8, owner + 8);
    assertCorrupt(slabName(), "no thread heap");
  }

  @Test
  void aClaimedPageThatNobodyDescribes() {
    open(TestStack.BARE.profile());
    StackView.of(allocator).pageRuns().claim(1);
    assertCorrupt("claimed");
  }

  @Test
  void aPageDescribedAndNotClaimed() {
    open(TestStack.BARE.profile());
    int run = pages.headOf(ref(live[10]));
    StackView.of(allocator).pageRuns().release(run);
    pages.describe(ref(live[10]), 4, PageTable.RUN, 0, 0, 1);
    assertCorrupt("page " + hex(live[10]), "nobody's");
  }

  @Test
  void aRunWhosePagesDisagree() {
    open(TestStack.BARE.profile());
    int second = pages.descriptorOf(ref(live[10] + PageTable.PAGE_BYTES));
    memory.putByte(second, 17, PageTable.SLAB);
    assertCorrupt("page " + hex(live[10] + PageTable.PAGE_BYTES), "first page of its run");
  }

  @Test
  void aRunThatNoTierCounts() {
    open(TestStack.BARE.profile());
    pages.usedBytes(pages.headOf(ref(live[10])), 1_000);
    assertCorrupt("large tiers");
  }
}
