package hak.box.heapv2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.testkit.ThreadCacheContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapV2Test extends ThreadCacheContract {
  @Override
  protected String box() {
    return "heap-v2";
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 16, 100, 256})
  void asksForBlocksOfSmallClassesWhenItHasNone(long size) {
    allocator().malloc(size);
    assertEquals(16, heldFor(size));
  }

  @ParameterizedTest
  @ValueSource(longs = {257, 1024, 8 << 10})
  void letsLargerSizesPass(long size) {
    allocator().free(allocator().malloc(size));
    assertEquals(0, heldFor(size));
  }

  @Test
  void doesNotAskWhileItHasBlocks() {
    allocator().malloc(64);
    for (int left = 15; left >= 0; left--) {
      allocator().malloc(64);
      assertEquals(left, heldFor(64));
    }
  }
}
