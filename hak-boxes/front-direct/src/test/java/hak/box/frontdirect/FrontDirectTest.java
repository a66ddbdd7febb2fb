package hak.box.frontdirect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.core.spi.ThreadCache;
import hak.testkit.HeapWalker;
import hak.testkit.ThreadCacheContract;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrontDirectTest extends ThreadCacheContract {
  private static final int CAPACITY = 256;
  private static final int BLOCKS = 4 * CAPACITY;

  @Override
  protected String box() {
    return "front-direct";
  }

  @Override
  protected Map<String, Object> settings() {
    return Map.of("capacity", (long) CAPACITY, "bytes", 16L << 20);
  }

  @Override
  protected boolean refuses() {
    return false;
  }

  @Override
  protected Set<String> coldMethods() {
    return Set.of("FrontDirect.pushSlow");
  }

  @Test
  void keepsAtMostItsCapacity() {
    long[] blocks = new long[BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = allocator().malloc(64);
    }
    for (long block : blocks) {
      allocator().free(block);
      assertTrue(heldFor(64) <= CAPACITY, heldFor(64) + " blocks");
    }
    assertTrue(heldFor(64) >= CAPACITY / 2, heldFor(64) + " blocks");
    assertEquals(0, HeapWalker.check(allocator()).liveBlocks());
  }

  @Test
  void aCacheBehindItNeverGetsABlock() {
    Profile profile =
        Profile.ofTiers("direct", List.of("tiny", "mid", "large", "big"))
            .with(Section.CACHES, List.of("front-direct", "tls-sll"));
    try (HakAllocator stack = Hak.open(profile)) {
      long[] blocks = new long[BLOCKS];
      for (int i = 0; i < BLOCKS; i++) {
        blocks[i] = stack.malloc(64);
      }
      for (long block : blocks) {
        stack.free(block);
      }
      StackView view = StackView.of(stack);
      ThreadCache behind = view.caches().getLast();
      assertEquals(0, behind.blockCount(view.heaps()[0], view.sizeClasses().of(64)));
    }
  }
}
