package hak.box.smallmidslabs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.testkit.HeapWalker;
import hak.testkit.SizeTierContract;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SmallMidSlabsTest extends SizeTierContract {
  private static final int SLABS_OF_A_UNIT = 16;
  private static final int BLOCKS_OF_A_SLAB = 64;

  @Override
  protected String box() {
    return "small-mid-slabs";
  }

  private static Profile profileOf(String name) {
    return Profile.ofTiers(name, List.of("small-mid-slabs"));
  }

  @Test
  void aUnitIsClaimedAtOnceAndGoesBackWhole() {
    try (HakAllocator stack = Hak.open(profileOf("unit"))) {
      long first = stack.malloc(1024);
      assertEquals(SLABS_OF_A_UNIT, HeapWalker.check(stack).slabs());
      int blocks = 3 * SLABS_OF_A_UNIT * BLOCKS_OF_A_SLAB - 1;
      long[] others = LongStream.generate(() -> stack.malloc(1024)).limit(blocks).toArray();
      assertEquals(3 * SLABS_OF_A_UNIT, HeapWalker.check(stack).slabs());
      LongStream.of(others).forEach(stack::free);
      stack.free(first);
      assertEquals(2 * SLABS_OF_A_UNIT, HeapWalker.check(stack).slabs(), "the active and the last");
      stack.trim();
      assertEquals(0, HeapWalker.check(stack).slabs());
    }
  }
}
