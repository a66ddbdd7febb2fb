package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.RawAccess;
import hak.core.profile.StackOptions;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.FailingVirtualMemory.Call;
import hak.testkit.HeapWalker;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every alignment for every kind of size, no mapping for each block, and what realloc keeps. */
class AlignmentTest {
  private static final long LARGEST_ALIGNMENT = 1L << 30;
  private static final long PAGE_ALIGNMENT = 64 << 10;
  private static final long PAGE = 4 << 10;
  private static final long SMALL = 64;
  private static final int BLOCKS = 200;
  private static final long[] SIZES = {1, 100, 5_000, 40_000, 100_000, 1 << 20, 3 << 20};

  @ParameterizedTest
  @EnumSource
  void everyAlignmentHoldsForEverySize(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      List<Long> blocks = new ArrayList<>();
      for (long alignment = 1; alignment <= LARGEST_ALIGNMENT; alignment *= 2) {
        for (long size : SIZES) {
          long block = allocator.malloc(size, alignment);
          assertEquals(0, block & (alignment - 1), size + " B at a multiple of " + alignment);
          assertTrue(allocator.usableSize(block) >= size);
          blocks.add(block);
        }
      }
      HeapWalker.check(allocator, blocks.stream().mapToLong(Long::longValue).toArray());
      blocks.forEach(allocator::free);
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void alignedBlocksAreNotMappingsOfTheirOwn(TestStack stack) {
    FailingVirtualMemory system = new FailingVirtualMemory();
    try (HakAllocator allocator = stack.open(system)) {
      List<Long> blocks = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        blocks.add(allocator.malloc(100, 256 << 10));
        blocks.add(allocator.malloc(100_000, 2 << 20));
        blocks.add(allocator.malloc(100_000, 8 << 20));
      }
      assertTrue(system.count(Call.MAP) <= 2, system.count(Call.MAP) + " mappings");
      blocks.forEach(allocator::free);
    }
  }

  @ParameterizedTest
  @EnumSource
  void reallocKeepsTheAlignmentThatItIsAskedFor(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      for (long alignment = 1; alignment <= 4 << 20; alignment *= 4) {
        long block = 0;
        byte first = 5;
        for (long size : new long[] {10, 100, 90, 5_000, 100_000, 90_000, 3 << 20, 9 << 20, 50}) {
          block = allocator.realloc(block, size, alignment);
          assertEquals(0, block & (alignment - 1), size + " B at a multiple of " + alignment);
          if (size > 10) {
            assertEquals(first, RawAccess.everything().get(ValueLayout.JAVA_BYTE, block));
          }
          RawAccess.everything().set(ValueLayout.JAVA_BYTE, block, first);
          HeapWalker.check(allocator, block);
        }
        allocator.free(block);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void reallocWithAWrongAlignmentLeavesTheBlock(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      for (long size : SIZES) {
        long block = allocator.malloc(size);
        for (long wrong : new long[] {0, -1, 3, Long.MIN_VALUE}) {
          assertThrows(IllegalArgumentException.class, () -> allocator.realloc(block, size, wrong));
        }
        HeapWalker.check(allocator, block);
        allocator.free(block);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void blocksAboveTheSizeClassesKeepTheirAlignment(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      for (long alignment : new long[] {64, 4_096, 128 << 10, 2 << 20, 16 << 20}) {
        long block = allocator.malloc(100_000, alignment);
        long next = allocator.malloc(100_000, alignment); // in the way
        for (long size : new long[] {200_000, 1 << 20, 5 << 20, 40 << 20, 100_000}) {
          block = allocator.realloc(block, size);
          assertEquals(0, block & (alignment - 1), size + " B at a multiple of " + alignment);
        }
        allocator.free(block);
        allocator.free(next);
      }
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void smallBlocksKeepTheirAlignmentWhereItCostsAQuarterAtMost(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      for (int i = 0; i < 100; i++) {
        long block = allocator.malloc(1_000, 64);
        for (long size : new long[] {2_000, 4_500, 30_000, 70_000, 900}) {
          block = allocator.realloc(block, size);
          assertEquals(0, block & 63, "after a realloc to " + size);
        }
        allocator.free(block);
      }
    }
  }

  /** A stack that asks for huge pages from the first byte on. */
  private static HakAllocator openWithHugePages(TestStack stack) {
    return Hak.open(
        stack.profile().with(StackOptions.HUGE_FROM, 0L).withSetting("big", "huge-from", 0L));
  }

  private static void fill(long block, long size) {
    RawAccess.everything().asSlice(block, size).fill((byte) 1);
  }

  @ParameterizedTest
  @EnumSource
  void aSmallBlockAtALargeAlignmentTakesNoMoreThanItsPages(TestStack stack) {
    try (HakAllocator allocator = openWithHugePages(stack)) {
      for (long alignment = 16 << 10; alignment <= 4 << 20; alignment *= 2) {
        long before = allocator.stats().residentBytes();
        long[] blocks = new long[BLOCKS];
        for (int i = 0; i < BLOCKS; i++) {
          blocks[i] = allocator.malloc(SMALL, alignment);
          assertEquals(0, blocks[i] & (alignment - 1));
          fill(blocks[i], SMALL);
        }
        long each = (allocator.stats().residentBytes() - before) / BLOCKS;
        assertTrue(each < 2 * PAGE, each + " B resident for one at a multiple of " + alignment);
        HeapWalker.check(allocator, blocks);
        for (long block : blocks) {
          allocator.free(block);
        }
        allocator.trim(); // so that the next ones find no memory of these
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSmallBlockAtALargeAlignmentGrowsAndShrinksWhereItIs(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      long block = allocator.malloc(SMALL, PAGE_ALIGNMENT);
      fill(block, SMALL);
      for (long size : new long[] {3_000, 60_000, 30_000, SMALL}) {
        assertEquals(block, allocator.realloc(block, size, PAGE_ALIGNMENT), "at " + size + " B");
        assertEquals(1, RawAccess.everything().get(ValueLayout.JAVA_BYTE, block));
        HeapWalker.check(allocator, block);
      }
      assertEquals(block, allocator.realloc(block, 2_000), "without asking for the alignment");
      long next = allocator.malloc(SMALL, PAGE_ALIGNMENT);
      long moved = allocator.realloc(block, 100_000);
      assertEquals(0, moved & (PAGE_ALIGNMENT - 1), "it keeps its alignment where it moves to");
      HeapWalker.check(allocator, next, moved);
      allocator.free(next);
      allocator.free(moved);
    }
  }

  @ParameterizedTest
  @EnumSource
  void segmentsAndArenasHaveSmallBlocksAtLargeAlignments(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      for (int round = 0; round < 3; round++) {
        MemorySegment segment = allocator.allocate(SMALL, PAGE_ALIGNMENT);
        assertEquals(0, segment.address() & (PAGE_ALIGNMENT - 1));
        segment.fill((byte) 1);
        allocator.free(segment);
        try (Arena arena = allocator.arena()) {
          MemorySegment ofArena = arena.allocate(SMALL, PAGE_ALIGNMENT);
          assertEquals(0, ofArena.address() & (PAGE_ALIGNMENT - 1));
          assertEquals(-1, ofArena.mismatch(arena.allocate(SMALL)), "zero, and so is the other");
          ofArena.fill((byte) 1);
        }
      }
      HeapWalker.check(allocator, new long[0]);
    }
  }
}
