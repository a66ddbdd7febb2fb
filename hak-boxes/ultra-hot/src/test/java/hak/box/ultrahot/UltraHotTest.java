package hak.box.ultrahot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.testkit.ThreadCacheContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UltraHotTest extends ThreadCacheContract {
  @Override
  protected String box() {
    return "ultra-hot";
  }

  @Override
  protected long sizeHeld() {
    return 16;
  }

  @ParameterizedTest
  @ValueSource(longs = {9, 16, 17, 32})
  void keepsBlocksForRequestsOf16And32Bytes(long size) {
    allocator().free(allocator().malloc(size));
    assertEquals(1, heldFor(size));
  }

  @ParameterizedTest
  @ValueSource(longs = {8, 33, 48, 64, 256, 1024, 32 << 10})
  void letsEveryOtherSizePass(long size) {
    allocator().free(allocator().malloc(size));
    assertEquals(0, heldFor(size));
  }

  @Test
  void handsOutTheBlockFreedLast() {
    long first = allocator().malloc(16);
    long last = allocator().malloc(16);
    allocator().free(first);
    allocator().free(last);
    assertEquals(last, allocator().malloc(16));
    assertEquals(first, allocator().malloc(16));
  }
}
