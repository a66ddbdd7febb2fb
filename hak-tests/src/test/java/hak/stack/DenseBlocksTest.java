package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.memory.PageRuns;
import hak.core.profile.Profile;
import hak.core.spi.LargeTier;
import hak.core.spi.Section;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.FailingVirtualMemory.Call;
import hak.testkit.HeapWalker;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.LongRange;

/**
 * What blocks of one size take of superslabs and ranges, what is left over there for other sizes
 * included: in huge pages all of it is resident.
 */
class DenseBlocksTest {
  private static final int MIB = 1 << 20;
  private static final int PAGE = 64 << 10;
  private static final long FILLED = 96L * MIB;

  /** Longer than half a superslab: nothing of its size fits into the rest. */
  private static final long POOR_FIT = MIB + 1;

  /** Superslabs in use, and what large tiers have beside them. */
  private static long takenBytes(HakAllocator allocator) {
    StackView view = StackView.of(allocator);
    PageRuns runs = view.pageRuns();
    long bytes = view.largeTiers().stream().mapToLong(LargeTier::mappedBytes).sum();
    for (int i = runs.firstSuperslab(); i < runs.superslabEnd(); i++) {
      bytes += runs.status(i) == PageRuns.IN_USE ? PageRuns.SUPERSLAB_BYTES : 0;
    }
    return bytes;
  }

  /** For each byte of blocks, but for the one superslab or page that is not full yet. */
  private static double takenForAByte(long size) {
    try (HakAllocator allocator = Hak.open("default")) {
      long before = takenBytes(allocator);
      int count = (int) (FILLED / size);
      long[] blocks = new long[count];
      for (int i = 0; i < count; i++) {
        blocks[i] = allocator.malloc(size);
      }
      long taken = takenBytes(allocator) - before - PageRuns.SUPERSLAB_BYTES;
      HeapWalker.check(allocator, blocks);
      for (long block : blocks) {
        allocator.free(block);
      }
      return taken / (double) (count * size);
    }
  }

  private static void assertDense(long size) {
    double taken = takenForAByte(size);
    assertTrue(taken <= 1.25, taken + " B for each of a block of " + size);
  }

  @Example
  void blocksOnePageLongerThanOthersTakeAQuarterMoreAtMost() {
    for (int pages = 16; pages <= 40; pages++) {
      assertDense((long) pages * PAGE + 1);
      assertDense((long) (pages + 1) * PAGE);
    }
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void blocksAboveAMebibyteTakeAQuarterMoreAtMost(
      @ForAll @LongRange(min = MIB + 1, max = 8 * MIB) long size) {
    assertDense(size);
  }

  private static boolean isInSuperslab(HakAllocator allocator, long address) {
    StackView view = StackView.of(allocator);
    return Long.compareUnsigned(address - view.memory().base(), view.pageRuns().endOffset()) < 0;
  }

  @Example
  void aSegmentStaysWhereItsEndStopsNobody() {
    try (HakAllocator allocator = TestStack.FULL.open()) {
      MemorySegment small = allocator.allocate(100, 8);
      MemorySegment segment = allocator.allocate(POOR_FIT, 8);
      assertEquals(small.scope(), segment.scope());
      long block = allocator.malloc(POOR_FIT);
      assertTrue(!isInSuperslab(allocator, block) && isInSuperslab(allocator, segment.address()));
      HeapWalker.check(allocator, small.address(), segment.address(), block);
      allocator.free(segment);
      allocator.free(small);
      allocator.free(block);
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @Example
  void whereTheNextTierHasNoMemoryTheBlockIsARunAllTheSame() {
    FailingVirtualMemory system = new FailingVirtualMemory(EnumSet.of(Call.MAP));
    try (HakAllocator allocator = TestStack.FULL.open(system)) {
      system.failFrom(1);
      List<Long> blocks = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        blocks.add(allocator.malloc(POOR_FIT));
        assertTrue(isInSuperslab(allocator, blocks.getLast()));
      }
      HeapWalker.check(allocator, blocks.stream().mapToLong(Long::longValue).toArray());
      blocks.forEach(allocator::free);
    }
    system.assertSound();
  }

  @Example
  void whatGrowsWithinItsSuperslabStaysThere() {
    try (HakAllocator allocator = TestStack.FULL.open()) {
      long block = allocator.malloc(MIB);
      assertTrue(isInSuperslab(allocator, block));
      assertEquals(block, allocator.realloc(block, POOR_FIT));
      long copy = allocator.realloc(block, 3L * MIB);
      assertNotEquals(block, copy);
      HeapWalker.check(allocator, copy);
      allocator.free(copy);
    }
  }

  private static void assertAllAreRuns(Profile profile) {
    try (HakAllocator allocator = Hak.open(profile)) {
      List<Long> blocks = new ArrayList<>();
      for (long size = PAGE + 1; size <= 2 * MIB; size += PAGE) {
        blocks.add(allocator.malloc(size));
        assertTrue(isInSuperslab(allocator, blocks.getLast()), size + " B");
        assertEquals(allocator.usableSize(blocks.getLast()), allocator.goodSize(size));
      }
      blocks.forEach(allocator::free);
    }
  }

  @Example
  void withoutATierBehindAllAreRuns() {
    assertAllAreRuns(TestStack.BARE.profile().with(Section.TIERS, List.of("tiny", "mid", "large")));
  }

  @Example
  void allAreRunsWhereThatIsSet() {
    assertAllAreRuns(TestStack.BARE.profile().withSetting("large", "least-fill", 0L));
    assertAllAreRuns(TestStack.BARE.profile().withSetting("large", "classes", "pow2"));
  }
}
