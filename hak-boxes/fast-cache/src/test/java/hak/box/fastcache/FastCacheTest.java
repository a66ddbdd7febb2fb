package hak.box.fastcache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.testkit.ThreadCacheContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FastCacheTest extends ThreadCacheContract {
  @Override
  protected String box() {
    return "fast-cache";
  }

  /** Room for 8 blocks of 1 KiB. */
  @Override
  protected Map<String, Object> settings() {
    return Map.of("bytes", 8L << 10);
  }

  @Test
  void asksForABatchWhenItIsEmpty() {
    allocator().malloc(64);
    assertEquals(32, heldFor(64));
    for (int left = 31; left >= 0; left--) {
      allocator().malloc(64);
      assertEquals(left, heldFor(64));
    }
    allocator().malloc(64);
    assertEquals(32, heldFor(64));
  }

  @Test
  void asksForNoMoreThanHalfOfWhatItHasRoomFor() {
    allocator().malloc(1 << 10);
    assertEquals(4, heldFor(1 << 10));
  }
}
