package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.core.inside.RawAccess;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.FailingVirtualMemory.Call;
import hak.testkit.HeapWalker;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every alignment for every kind of size, no mapping for each block, and what realloc keeps. */
class AlignmentTest {
  private static final long LARGEST_ALIGNMENT = 1L << 30;
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
}
