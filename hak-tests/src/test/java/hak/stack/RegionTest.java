package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.memory.PageRuns;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.Section;
import hak.testkit.CheckedUser;
import hak.testkit.HeapReport;
import hak.testkit.HeapWalker;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Stacks whose pages lie far from the base. A ref is an unsigned number of 32 bits, and from 16 GiB
 * on its upper bit is set.
 */
class RegionTest {
  /** Blocks of 2 MiB that reach beyond 16 GiB; nobody touches them, so they take no memory. */
  private static final int BLOCKS_BEYOND_16_GIB = 8_300;

  private static final long MIB = 1L << 20;

  @Test
  void untouchedBlocksBeyond16GibAreReleased() {
    Profile profile = TestStack.BARE.profile().with(StackOptions.REGION, StackOptions.REGION.max());
    try (HakAllocator allocator = Hak.open(profile)) {
      long[] blocks = new long[BLOCKS_BEYOND_16_GIB];
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = allocator.malloc(PageRuns.SUPERSLAB_BYTES);
      }
      long last = blocks[blocks.length - 1] - StackView.of(allocator).memory().base();
      assertTrue(last > 16L << 30, "the last block is at " + last);
      HeapWalker.check(allocator, blocks);
      for (long block : blocks) {
        allocator.free(block);
      }
      HeapReport report = HeapWalker.check(allocator, new long[0]);
      assertEquals(blocks.length, report.emptySuperslabs(), "superslabs given back");
    }
  }

  /** The data of the first lie on both sides of 16 GiB; those of the second end at 32 GiB. */
  @ParameterizedTest
  @CsvSource({"16320, 16448", "32688, 32768"})
  void aRegionFilledToItsLastPageIsWalkedAndFreed(long startMib, long regionMib) {
    Profile profile =
        TestStack.FULL
            .profile()
            .with(Section.TIERS, List.of("tiny", "mid", "large"))
            .with(StackOptions.START, startMib * MIB)
            .with(StackOptions.REGION, regionMib * MIB);
    try (HakAllocator allocator = Hak.open(profile)) {
      CheckedUser user = new CheckedUser(allocator, 1);
      SplittableRandom random = new SplittableRandom(1);
      for (int largest = 2 << 20; largest > 0; largest /= 2) {
        fill(user, random, largest);
      }
      assertThrows(OutOfMemoryError.class, () -> allocator.malloc(8));
      PageRuns pageRuns = StackView.of(allocator).pageRuns();
      assertEquals(regionMib * MIB, pageRuns.endOffset());
      for (int i = pageRuns.firstSuperslab(); i < pageRuns.superslabEnd(); i++) {
        assertEquals(-1, pageRuns.claimed(i), "pages claimed of superslab " + i);
      }
      HeapWalker.check(allocator, user.addresses());
      user.freeAll();
      allocator.trim();
      HeapReport report = HeapWalker.check(allocator, new long[0]);
      assertEquals(0, report.superslabs(), "superslabs in use");
    }
  }

  /** Allocates blocks of up to {@code largest} bytes until one is refused. */
  private static void fill(CheckedUser user, SplittableRandom random, int largest) {
    try {
      while (true) {
        user.malloc(1 + random.nextInt(largest));
      }
    } catch (OutOfMemoryError e) {
      assertTrue(e.getMessage().contains("stack.region"), e.getMessage());
    }
  }

  @Test
  void everythingOfAStackLiesBeyondItsStart() {
    Profile profile = TestStack.HIGH.profile();
    long start = profile.options().startBytes();
    try (HakAllocator allocator = Hak.open(profile)) {
      long block = allocator.malloc(100);
      long base = StackView.of(allocator).memory().base();
      assertTrue(block - base >= start, "a block");
      for (int heap : StackView.of(allocator).heaps()) {
        assertTrue(StackView.of(allocator).memory().address(heap) - base >= start, "a thread heap");
      }
      int descriptor = StackView.of(allocator).pages().descriptorOf(0);
      assertTrue(
          StackView.of(allocator).memory().address(descriptor) - base >= start, "a descriptor");
      allocator.free(block);
    }
  }

  @Test
  void anAddressBelowTheStartIsForeign() {
    Profile profile = TestStack.HIGH.profile().with(Section.GUARDS, List.of());
    try (HakAllocator allocator = Hak.open(profile)) {
      long base = StackView.of(allocator).memory().base();
      for (long offset : new long[] {0, 16, 4 * MIB, profile.options().startBytes() - 16}) {
        assertThrows(IllegalArgumentException.class, () -> allocator.free(base + offset));
      }
    }
  }

  /** What is wrong with a stack of the default boxes between two places in MiB. */
  private static List<Problem> problems(long startMib, long regionMib) {
    return Hak.check(
        TestStack.BARE
            .profile()
            .with(StackOptions.START, startMib * MIB)
            .with(StackOptions.REGION, regionMib * MIB));
  }

  @Test
  void aStartThatLeavesTooLittleIsRefusedWithTheArithmetic() {
    assertEquals(List.of(), problems(0, 64));
    assertEquals(List.of(), problems(36, 100));
    for (long start : new long[] {64, 98, 100, 102}) {
      Problem problem = problems(start, 100).getFirst();
      assertEquals("stack.start", problem.path());
      String arithmetic =
          start < 100
              ? String.format("start %,d B leaves %,d B", start * MIB, (100 - start) * MIB)
              : String.format("start %,d B is not below region %,d B", start * MIB, 100 * MIB);
      assertTrue(problem.message().startsWith(arithmetic), problem.message());
    }
    // The page descriptors of all 32 GiB are 32 MiB, and they may take half of what is left.
    assertEquals("stack.start", problems(32_768 - 64, 32_768).getFirst().path());
  }
}
