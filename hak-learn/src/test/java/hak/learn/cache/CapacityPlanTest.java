package hak.learn.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CapacityPlanTest {
  private static final int[] BLOCK_BYTES = {0, 16, 64, 1024};

  private final CacheShadow shadow = new CacheShadow(BLOCK_BYTES, 1 << 20, 0, 1, 2, 4, 8, 16);

  private void waves(int sizeClass, int blocks, int times) {
    for (int time = 0; time < times; time++) {
      for (int i = 0; i < blocks; i++) {
        shadow.allocate(0, sizeClass);
      }
      for (int i = 0; i < blocks; i++) {
        shadow.free(0, sizeClass);
      }
    }
  }

  @Test
  void bytesGoWhereTheyHitMost() {
    waves(1, 8, 100);
    waves(2, 8, 50);
    waves(3, 1, 30);
    CapacityPlan tight = CapacityPlan.of(shadow, 8 * 16);
    assertArrayEquals(new int[] {0, 4, 0, 0}, tight.levels(), "8 blocks of 16 B");
    assertEquals(8 * 99, tight.hits());
    CapacityPlan wide = CapacityPlan.of(shadow, 1 << 20);
    assertArrayEquals(new int[] {0, 4, 4, 1}, wide.levels(), "none longer than it is used");
    assertEquals(8 * 16 + 8 * 64 + 1024, wide.heldBytes());
  }

  @Test
  void aPlaceThatIsSeldomHitIsLeftOut() {
    waves(1, 8, 18);
    waves(2, 8, 16);
    assertArrayEquals(new int[] {0, 4, 0, 0}, CapacityPlan.of(shadow, 1 << 20).levels());
  }

  @Property(tries = 100)
  void theBudgetIsNeverExceeded(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 20_000) int budget) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2000; i++) {
      int sizeClass = random.nextInt(4);
      if (random.nextBoolean()) {
        shadow.allocate(i % 3, sizeClass);
      } else {
        shadow.free(i % 3, sizeClass);
      }
    }
    CapacityPlan plan = CapacityPlan.of(shadow, budget);
    long held = 0;
    long hits = 0;
    for (int sizeClass = 1; sizeClass < 4; sizeClass++) {
      int k = plan.levels()[sizeClass];
      held += shadow.peakHeld(sizeClass, k) * BLOCK_BYTES[sizeClass];
      hits += shadow.hits(sizeClass, k);
    }
    assertTrue(held <= budget, held + " of " + budget);
    assertEquals(held, plan.heldBytes());
    assertEquals(hits, plan.hits());
  }

  @Test
  void refusesAShadowWithoutNone() {
    CacheShadow some = new CacheShadow(BLOCK_BYTES, 1 << 20, 1, 2);
    assertThrows(IllegalArgumentException.class, () -> CapacityPlan.of(some, 1));
    assertThrows(IllegalArgumentException.class, () -> CapacityPlan.of(shadow, -1));
  }
}
