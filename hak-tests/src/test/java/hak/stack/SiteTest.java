package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.AllocationSite;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.RawAccess;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.Section;
import hak.core.spi.SiteRule;
import hak.testkit.HeapWalker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests by site: what a rule changes, and that nothing else is changed. */
class SiteTest {
  private static final List<String> TIERS = List.of("tiny", "mid", "large", "big");

  private static Profile ruled(List<String> tiers, String... rules) {
    return Profile.ofTiers("ruled", tiers)
        .with(StackOptions.REGION, 1L << 30)
        .with(Section.SITES, List.of("site-rules"))
        .withSetting("site-rules", "rules", List.of(rules));
  }

  private static HakAllocator open(String... rules) {
    return Hak.open(ruled(TIERS, rules));
  }

  @ParameterizedTest
  @EnumSource
  void aSiteWithoutARuleIsTheAllocatorUnderAnotherName(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      AllocationSite site = allocator.site("without");
      assertTrue(site.getClass().isRecord(), "else its allocator is no constant for the compiler");
      assertEquals("without", site.name());
      assertEquals(SiteRule.NONE, site.rule());
      assertEquals(allocator, site.allocator());
      for (long size : new long[] {0, 1, 100, 1_025, 40_000, 3 << 20}) {
        for (long alignment : new long[] {1, 16, 4_096}) {
          long plain = allocator.malloc(size, alignment);
          long ofSite = site.malloc(size, alignment);
          assertEquals(allocator.usableSize(plain), allocator.usableSize(ofSite));
          plain = allocator.realloc(plain, size + size / 2);
          ofSite = site.realloc(ofSite, size + size / 2);
          assertEquals(allocator.usableSize(plain), allocator.usableSize(ofSite));
          allocator.free(plain);
          allocator.free(ofSite);
        }
        allocator.free(site.calloc(1, size));
        allocator.free(site.allocate(size, 8));
      }
      HeapWalker.check(allocator, new long[0]);
    }
  }

  /** Where the field is set, the method that runs is the initialiser. */
  private static final class Holder {
    static final HakAllocator HEAP = TestStack.BARE.open();
    static final AllocationSite SITE = HEAP.site();
  }

  @Test
  void aSiteWithoutANameIsCalledAfterItsCaller() {
    String type = SiteTest.class.getName();
    try (HakAllocator allocator = open(type + ".* least=100 B")) {
      AllocationSite site = allocator.site();
      assertEquals(type + ".aSiteWithoutANameIsCalledAfterItsCaller", site.name());
      assertEquals(100, site.rule().leastBytes());
    }
    assertEquals(type + "$Holder.<clinit>", Holder.SITE.name());
    Holder.HEAP.close();
  }

  @Test
  void leastBytesLeadToAnotherTier() {
    try (HakAllocator allocator = open("large least=40 KiB", "big least=3 MiB", "* least=0")) {
      assertEquals(64 << 10, allocator.usableSize(allocator.site("large").malloc(8)));
      assertEquals(3 << 20, allocator.usableSize(allocator.site("big").malloc(8)));
      assertEquals(16, allocator.usableSize(allocator.site("other").malloc(16)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny", "in-band-header", "bitmap", "mid-v35", "small-mid-slabs"})
  void blocksAreAlignedWhateverTheTier(String tier) {
    List<String> tiers = new ArrayList<>(List.of(tier, "mid", "large", "big"));
    for (int shift = 0; shift <= 16; shift++) {
      long alignment = 1L << shift;
      try (HakAllocator allocator = Hak.open(ruled(tiers, "s align=" + alignment))) {
        AllocationSite site = allocator.site("s");
        List<Long> blocks = new ArrayList<>();
        for (long size = 0; size < 70_000; size += 1 + size / 3) {
          blocks.add(site.malloc(size));
          blocks.add(site.malloc(size, 32));
          blocks.add(site.calloc(1, size));
          blocks.add(site.realloc(allocator.malloc(size + 1), size));
          blocks.add(site.allocate(size, 1).address());
        }
        for (long block : blocks) {
          assertEquals(0, block % alignment, "of " + alignment);
        }
        HeapWalker.check(allocator, blocks.stream().mapToLong(Long::longValue).toArray());
        blocks.forEach(allocator::free);
      }
    }
  }

  @Test
  void mappingsOfTheirOwnAreAlignedToo() {
    try (HakAllocator allocator = open("s align=64 KiB")) {
      AllocationSite site = allocator.site("s");
      for (int i = 0; i < 20; i++) {
        long zeros = site.calloc(3, 1 << 20);
        assertEquals(0, zeros % (64 << 10));
        assertEquals(0, RawAccess.everything().get(ValueLayout.JAVA_BYTE, zeros + (3 << 20) - 1));
        RawAccess.everything().set(ValueLayout.JAVA_BYTE, zeros, (byte) 42);
        long grown = site.realloc(zeros, 7 << 20);
        assertEquals(0, grown % (64 << 10));
        assertEquals(42, RawAccess.everything().get(ValueLayout.JAVA_BYTE, grown));
        if (i % 2 == 0) {
          allocator.free(grown);
        }
      }
    }
  }

  /** How often a block moves that grows by 8 bytes again and again. */
  private static int moves(AllocationSite site) {
    long block = site.malloc(100);
    int moves = 0;
    for (long size = 108; size < 30_000; size += 8) {
      long grown = site.realloc(block, size);
      moves += grown == block ? 0 : 1;
      block = grown;
    }
    site.allocator().free(block);
    return moves;
  }

  @Test
  void aBlockWithHeadroomGrowsWhereItIs() {
    try (HakAllocator allocator = open("s headroom=100 %", "t headroom=1000 %")) {
      int without = moves(allocator.site("u"));
      assertTrue(without >= 30, without + " moves without headroom");
      assertTrue(moves(allocator.site("s")) <= 9, "moves with headroom to twice the size");
      assertTrue(moves(allocator.site("t")) <= 3, "moves with headroom to eleven times the size");
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @Test
  void theAllocatorsOwnReallocLeavesABlockWithHeadroomInPlaceToo() {
    try (HakAllocator allocator = open("s headroom=50 %")) {
      long block = allocator.site("s").malloc(100);
      long usable = allocator.usableSize(block);
      assertTrue(usable >= 150);
      for (long size = 100; size <= usable; size++) {
        assertEquals(block, allocator.realloc(block, size));
      }
      assertNotEquals(block, allocator.realloc(block, usable + 1));
    }
  }

  @Test
  void aBlockThatBecomesMuchSmallerGivesItsMemoryBack() {
    try (HakAllocator allocator = open("s headroom=100 %")) {
      AllocationSite site = allocator.site("s");
      long block = site.realloc(site.malloc(10_000), 100);
      assertTrue(allocator.usableSize(block) < 300);
    }
  }

  @Test
  void aSegmentHasTheSizeThatWasAskedForAndIsFreedAsAnyOther() {
    try (HakAllocator allocator = open("s least=100 B headroom=100 %", "b least=3 MiB")) {
      for (String name : List.of("s", "b")) {
        MemorySegment segment = allocator.site(name).allocate(40, 8);
        assertEquals(40, segment.byteSize());
        assertThrows(IndexOutOfBoundsException.class, () -> segment.get(ValueLayout.JAVA_BYTE, 40));
        allocator.free(segment);
      }
      HeapWalker.check(allocator, new long[0]);
      assertEquals(0, allocator.stats().liveBlocks());
    }
  }

  /** A rule asks; it does not make a request fail. */
  @Test
  void whatThereIsNoMemoryForInAdditionIsNotInsistedOn() {
    Profile small = ruled(List.of("tiny"), "l least=1 GiB", "a align=4 KiB", "h headroom=1000 %");
    try (HakAllocator allocator = Hak.open(small)) {
      for (String name : List.of("l", "a", "h")) {
        AllocationSite site = allocator.site(name);
        List<Long> blocks = new ArrayList<>();
        blocks.add(site.malloc(1_000));
        blocks.add(site.malloc(1_000, 8));
        blocks.add(site.calloc(10, 100));
        blocks.add(site.realloc(site.malloc(10), 1_000));
        blocks.add(site.allocate(1_000, 8).address());
        HeapWalker.check(allocator, blocks.stream().mapToLong(Long::longValue).toArray());
        blocks.forEach(allocator::free);
        assertThrows(OutOfMemoryError.class, () -> site.malloc(2_000));
        HeapWalker.check(allocator, new long[0]);
      }
    }
  }

  @Test
  void whatIsOutOfRangeIsRefusedInTheWordsOfTheAllocator() {
    try (HakAllocator allocator = open("s align=64 B least=100 B headroom=1000 %")) {
      AllocationSite site = allocator.site("s");
      for (long size : new long[] {-1, Long.MIN_VALUE, (1L << 46) + 1, Long.MAX_VALUE}) {
        assertSame(() -> allocator.malloc(size), () -> site.malloc(size));
        assertSame(() -> allocator.malloc(size, 64), () -> site.malloc(size, 64));
        assertSame(() -> allocator.calloc(1, size), () -> site.calloc(1, size));
        assertSame(() -> allocator.calloc(size, 3), () -> site.calloc(size, 3));
        assertSame(() -> allocator.allocate(size, 8), () -> site.allocate(size, 8));
        long block = site.malloc(10);
        assertSame(() -> allocator.realloc(block, size), () -> site.realloc(block, size));
        allocator.free(block);
      }
      for (long alignment : new long[] {0, -1, 3, 24, Long.MIN_VALUE}) {
        assertSame(() -> allocator.malloc(10, alignment), () -> site.malloc(10, alignment));
        assertSame(() -> allocator.allocate(10, alignment), () -> site.allocate(10, alignment));
      }
      assertSame(() -> allocator.realloc(64, 10), () -> site.realloc(64, 10));
      assertThrows(NullPointerException.class, () -> allocator.site(null));
      HeapWalker.check(allocator, new long[0]);
    }
  }

  private static void assertSame(Executable ofAllocator, Executable ofSite) {
    Throwable expected = assertThrows(Throwable.class, ofAllocator);
    Throwable thrown = assertThrows(expected.getClass(), ofSite);
    assertEquals(expected.getMessage(), thrown.getMessage());
  }

  @Test
  void eachWrongRuleIsAProblemOfItsOwn() {
    Profile profile = ruled(TIERS, "a align=48", "b least=1 KiB", "c");
    assertEquals(
        List.of("box.site-rules.rules[0]", "box.site-rules.rules[2]"),
        Hak.check(profile).stream().map(Problem::path).toList());
  }

  @Test
  void aTextHasItsRulesBetweenSemicolons() {
    Profile profile =
        ruled(TIERS).withSetting("site-rules", "rules", "a least=1 KiB; b align=64 B");
    try (HakAllocator allocator = Hak.open(profile)) {
      assertEquals(new SiteRule(1_024, 1, 0), allocator.site("a").rule());
      assertEquals(new SiteRule(0, 64, 0), allocator.site("b").rule());
      assertTrue(
          allocator
              .describe()
              .toString()
              .contains("rules = [\"a least=1 KiB\", \"b align=64 B\"]"));
    }
    assertFalse(Hak.check(profile.withSetting("site-rules", "rules", "a least=1; b")).isEmpty());
  }
}
