package hak.box.benchfast;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The suite begins with empty pools, as it does with every cache; the rest has full ones. */
class BenchFastTest extends ThreadCacheContract {
  private static final Profile FULL_POOLS =
      Profile.ofTiers("pools", List.of("tiny", "mid", "large", "big"))
          .with(Section.CACHES, List.of("bench-fast"));

  @Override
  protected String box() {
    return "bench-fast";
  }

  @Override
  protected Map<String, Object> settings() {
    return Map.of("blocks", 0L);
  }

  @Override
  protected boolean refuses() {
    return false;
  }

  private static int held(HakAllocator stack, long size) {
    StackView view = StackView.of(stack);
    ThreadCache cache = view.caches().getFirst();
    return cache.blockCount(view.heaps()[0], view.sizeClasses().of(size));
  }

  @ParameterizedTest
  @CsvSource({"16, 50000", "64, 16384", "1024, 1024"})
  void aNewHeapHasFullPools(long size, int blocks) {
    try (HakAllocator stack = Hak.open(FULL_POOLS)) {
      stack.free(stack.malloc(1));
      assertEquals(blocks, held(stack, size));
      HeapWalker.check(stack);
    }
  }

  @Test
  void isNotFilledAgain() {
    try (HakAllocator stack = Hak.open(FULL_POOLS)) {
      long[] blocks = new long[1_500];
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = stack.malloc(1024);
      }
      assertEquals(0, held(stack, 1024));
      for (long block : blocks) {
        stack.free(block);
      }
      assertEquals(blocks.length, held(stack, 1024), "without a bound");
      stack.trim();
      assertEquals(0, held(stack, 1024));
      HeapWalker.check(stack, new long[0]);
    }
  }

  @Test
  void isRefusedBesideAGuard() {
    assertEquals(1, Hak.check(FULL_POOLS.with(Section.GUARDS, List.of("external-guard"))).size());
  }
}
