package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.testkit.CheckedUser;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.HeapWalker;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Realloc keeps what both sizes have in common; a realloc that fails changes nothing. */
class ReallocTest {
  /** More than any tier has addresses for without asking the system. */
  private static final long MORE_THAN_A_RANGE = 3L << 30;

  private static final long[] SIZES = {
    0,
    1,
    8,
    9,
    100,
    1_024,
    1_025,
    5_000,
    32_768,
    32_769,
    65_536,
    65_537,
    500_000,
    2 << 20,
    (2 << 20) + 1,
    5 << 20
  };

  @ParameterizedTest
  @EnumSource
  void anySizeToAnySizeKeepsTheContent(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      CheckedUser user = new CheckedUser(allocator, 1);
      for (long from : SIZES) {
        for (long to : SIZES) {
          user.malloc(from);
          user.realloc(user.blockCount() - 1, to);
        }
        HeapWalker.check(allocator, user.addresses());
        user.freeAll();
      }
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBlockThatGrowsAndShrinksAgainAndAgainKeepsItsContent(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      CheckedUser user = new CheckedUser(allocator, 1);
      SplittableRandom random = new SplittableRandom(3);
      CheckedUser.Sizes sizes = CheckedUser.Sizes.upTo(4 << 20);
      user.malloc(10);
      for (int i = 0; i < 2_000; i++) {
        user.realloc(0, sizes.next(random));
      }
      HeapWalker.check(allocator, user.addresses());
    }
  }

  @ParameterizedTest
  @EnumSource
  void reallocOfZeroAllocates(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      long[] live = new long[SIZES.length];
      for (int i = 0; i < SIZES.length; i++) {
        live[i] = allocator.realloc(0, SIZES[i]);
        assertNotEquals(0, live[i]);
        assertTrue(allocator.usableSize(live[i]) >= SIZES[i]);
      }
      HeapWalker.check(allocator, live);
    }
  }

  @ParameterizedTest
  @EnumSource
  void reallocToZeroGivesABlock(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      for (long size : SIZES) {
        long block = allocator.realloc(allocator.malloc(size), 0);
        HeapWalker.check(allocator, block);
        allocator.free(block);
      }
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReallocThatFailsLeavesTheOldBlock(TestStack stack) {
    FailingVirtualMemory system = new FailingVirtualMemory();
    try (HakAllocator allocator = stack.open(system)) {
      CheckedUser user = new CheckedUser(allocator, 1);
      for (long size : SIZES) {
        user.malloc(size);
      }
      int blocks = user.blockCount();
      system.failFrom(1);
      for (int i = 0; i < blocks; i++) {
        int index = i;
        assertThrows(OutOfMemoryError.class, () -> user.realloc(index, MORE_THAN_A_RANGE));
        assertThrows(IllegalArgumentException.class, () -> user.realloc(index, -1));
        HeapWalker.check(allocator, user.addresses());
      }
      system.succeed();
      assertEquals(blocks, user.blockCount());
      user.realloc(3, 10 << 20);
      user.freeAll(); // checks contents
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFreedLargeBlockIsRefused(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      for (long size : new long[] {100_000, 5 << 20}) {
        long block = allocator.malloc(size);
        allocator.free(block);
        assertThrows(IllegalArgumentException.class, () -> allocator.realloc(block, 10));
        assertThrows(IllegalArgumentException.class, () -> allocator.usableSize(block));
      }
      HeapWalker.check(allocator, new long[0]);
    }
  }
}
