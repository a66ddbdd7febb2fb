package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.memory.PageRuns;
import hak.testkit.HeapReport;
import hak.testkit.HeapWalker;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

/** Addresses that a stack without a guard never allocated. */
class ForeignFreeTest {
  private static void assertForeign(HakAllocator allocator, long address) {
    HeapReport before = HeapWalker.check(allocator);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> allocator.free(address));
    String message = e.getMessage();
    assertTrue(message.contains(String.format("0x%x", address)), message);
    assertTrue(message.contains("'" + allocator.describe().profile() + "'"), message);
    long base = StackView.of(allocator).memory().base();
    assertTrue(message.contains(String.format("0x%x", base)), message);
    assertThrows(IllegalArgumentException.class, () -> allocator.usableSize(address));
    assertThrows(IllegalArgumentException.class, () -> allocator.realloc(address, 10));
    assertEquals(before, HeapWalker.check(allocator));
  }

  @Test
  void addressesOutsideOfTheReservationAreRefusedWithItsRange() {
    try (HakAllocator allocator = TestStack.BARE.open();
        Arena arena = Arena.ofConfined()) {
      allocator.free(allocator.malloc(1));
      long base = StackView.of(allocator).memory().base();
      long end = base + allocator.describe().regionBytes();
      long foreign = arena.allocate(100, 16).address();
      for (long address : new long[] {1, 16, -16, Long.MIN_VALUE, foreign, base - 16, end}) {
        assertForeign(allocator, address);
      }
    }
  }

  @Test
  void addressesInsideOfTheReservationThatNobodyGotAreRefused() {
    try (HakAllocator allocator = TestStack.BARE.open()) {
      allocator.free(allocator.malloc(1));
      StackView view = StackView.of(allocator);
      long base = view.memory().base();
      PageRuns pageRuns = view.pageRuns();
      long data = pageRuns.addressOf(pageRuns.firstSuperslab());
      long end = base + allocator.describe().regionBytes();
      // Metadata, pages nobody claimed, superslabs not taken yet.
      for (long address : new long[] {base, base + 4096, data - 16, data + (1 << 20), end - 16}) {
        assertForeign(allocator, address);
      }
    }
  }

  @Test
  void blocksOfAnotherStackAreRefused() {
    try (HakAllocator one = TestStack.BARE.open();
        HakAllocator other = TestStack.BARE.open()) {
      for (long size : new long[] {1, 1_000, 20_000, 100_000, 5 << 20}) {
        long block = other.malloc(size);
        assertForeign(one, block);
        other.free(block);
      }
    }
  }

  @Test
  void addressesInsideOfALargeBlockAreRefused() {
    try (HakAllocator allocator = TestStack.BARE.open()) {
      for (long size : new long[] {100_000, 1 << 20, 5 << 20}) {
        long block = allocator.malloc(size);
        for (long offset : new long[] {1, 8, 16, 4096, 65_536, size - 1}) {
          assertForeign(allocator, block + offset);
        }
        HeapWalker.check(allocator, block);
        allocator.free(block);
        assertForeign(allocator, block);
      }
    }
  }

  @Test
  void aGuardTakesForeignFreesInAllStacksThatHaveOne() {
    try (HakAllocator allocator = TestStack.FULL.open();
        Arena arena = Arena.ofConfined()) {
      long live = allocator.malloc(100);
      allocator.free(arena.allocate(100, 16).address());
      allocator.free(16);
      HeapWalker.check(allocator, live);
    }
  }
}
