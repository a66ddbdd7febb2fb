package hak.box.midv35;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.testkit.HeapWalker;
import hak.testkit.SizeTierContract;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MidV35Test extends SizeTierContract {
  private static final int BLOCKS_OF_A_PAGE = 64;

  /** Slabs that stay with a class although they are empty: the active one and one in the queue. */
  private static final int LAST_OF_THE_CLASS = 2;

  @Override
  protected String box() {
    return "mid-v35";
  }

  @Override
  protected Set<String> coldMethods() {
    return Set.of(
        "SlabTier.allocateSlow",
        "SlabTier.carveOrSlow",
        "SlabTier.releaseSlow",
        "RemoteFrees.free");
  }

  private static HakAllocator openKeeping(long pages) {
    Profile profile = Profile.ofTiers("kept", List.of("mid-v35"));
    return Hak.open(profile.withSetting("mid-v35", "keep", pages));
  }

  private static long[] take(HakAllocator stack, int blocks, long size) {
    return LongStream.generate(() -> stack.malloc(size)).limit(blocks).toArray();
  }

  private static int slabs(HakAllocator stack) {
    return HeapWalker.check(stack).slabs();
  }

  @Test
  void freePagesServeTheNextClass() {
    try (HakAllocator stack = openKeeping(4)) {
      LongStream.of(take(stack, 6 * BLOCKS_OF_A_PAGE, 1024)).forEach(stack::free);
      assertEquals(4 + LAST_OF_THE_CLASS, slabs(stack));
      long[] others = take(stack, 4 * 2 * BLOCKS_OF_A_PAGE, 512);
      assertEquals(4 + LAST_OF_THE_CLASS, slabs(stack), "no page came from the pool");
      LongStream.of(others).forEach(stack::free);
    }
  }

  @Test
  void noMorePagesAreKeptThanAllowed() {
    for (int keep : new int[] {0, 1, 4}) {
      try (HakAllocator stack = openKeeping(keep)) {
        LongStream.of(take(stack, 20 * BLOCKS_OF_A_PAGE, 1024)).forEach(stack::free);
        assertEquals(keep + LAST_OF_THE_CLASS, slabs(stack), "keep = " + keep);
        stack.trim();
        assertEquals(0, slabs(stack), "after a trim, keep = " + keep);
      }
    }
  }
}
