package hak.box.prewarm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.testkit.HeapWalker;
import hak.testkit.ThreadCacheContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrewarmTest extends ThreadCacheContract {
  /** Of the list, by default. */
  private static final int ROOM = 256;

  private static final Profile PROFILE =
      Profile.ofTiers("warm", List.of("tiny", "mid", "large", "big"))
          .with(Section.CACHES, List.of("prewarm", "tls-sll"));

  @Override
  protected String box() {
    return "prewarm";
  }

  @Override
  protected boolean holdsBlocks() {
    return false;
  }

  @Override
  protected List<String> cachesBehind() {
    return List.of("tls-sll");
  }

  private static int cached(HakAllocator stack, int heap, long size) {
    StackView view = StackView.of(stack);
    return view.caches().getLast().blockCount(heap, view.sizeClasses().of(size));
  }

  @Test
  void aNewHeapIsWarm() throws InterruptedException {
    try (HakAllocator stack = Hak.open(PROFILE)) {
      stack.malloc(1 << 10);
      Thread.ofVirtual().start(() -> stack.malloc(1 << 10)).join();
      int[] heaps = StackView.of(stack).heaps();
      assertEquals(2, heaps.length);
      int brought = 0; // by the miss of the one block that was asked for
      for (int heap : heaps) {
        brought += cached(stack, heap, 1 << 10);
        assertEquals(128, cached(stack, heap, 16));
        assertEquals(128, cached(stack, heap, 32));
        assertEquals(64, cached(stack, heap, 64));
        assertEquals(64, cached(stack, heap, 128));
        assertEquals(0, cached(stack, heap, 256));
      }
      assertEquals(2 * 384 + brought, HeapWalker.check(stack).cachedBlocks());
    }
  }

  @Test
  void aSmallCacheIsFilledAsFarAsItGoes() {
    try (HakAllocator stack = Hak.open(PROFILE.withSetting("prewarm", "small", 4096L))) {
      stack.malloc(1 << 10);
      assertEquals(ROOM, cached(stack, StackView.of(stack).heaps()[0], 16));
    }
  }

  @Test
  void isRefusedWithoutACacheToFill() {
    assertEquals(1, Hak.check(PROFILE.with(Section.CACHES, List.of("prewarm"))).size());
  }
}
