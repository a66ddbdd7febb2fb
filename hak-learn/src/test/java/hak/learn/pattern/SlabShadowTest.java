package hak.learn.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SlabShadowTest {
  private final List<SlabUse> told = new ArrayList<>();

  /** Class 1 has 2 blocks in a slab, class 2 has 4. */
  private final SlabShadow shadow = new SlabShadow(new int[] {0, 2, 4}, told::add);

  @Test
  void aSlabRetiresWithItsLastBlock() {
    int[] blocks = new int[4];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = shadow.allocate(0, 1);
    }
    assertEquals(blocks[0], blocks[1]);
    assertTrue(blocks[1] != blocks[2]);
    shadow.free(blocks[0]);
    assertEquals(List.of(), told);
    shadow.free(blocks[1]);
    assertEquals(List.of(new SlabUse(1, 2, 0, 2, 1, 0, true)), told);
    assertEquals(1, shadow.inUse());
    shadow.free(blocks[2]);
    shadow.free(blocks[3]);
    assertEquals(1, shadow.inUse(), "the active one stays");
    assertEquals(1, told.size());
  }

  @Test
  void whatWasFreedIsHandedOutBeforeAnythingIsCarved() {
    int first = shadow.allocate(0, 2);
    shadow.allocate(0, 2);
    shadow.free(first);
    shadow.allocate(0, 2);
    shadow.endWindow();
    assertEquals(List.of(new SlabUse(2, 3, 1, 1, 0.5, 0.5, false)), told);
    told.clear();
    shadow.endWindow();
    assertEquals(List.of(new SlabUse(2, 0, 0, 0, 0.5, 0.5, false)), told);
  }

  @Test
  void aFullSlabThatGetsABlockBackIsUsedBeforeANewOne() {
    int full = shadow.allocate(0, 1);
    shadow.allocate(0, 1);
    shadow.allocate(0, 1);
    shadow.allocate(0, 1);
    shadow.free(full);
    assertEquals(full, shadow.allocate(0, 1));
    assertEquals(2, shadow.inUse());
  }

  @Test
  void threadsHaveSlabsOfTheirOwnAndFreeIntoThoseOfOthers() {
    int mine = shadow.allocate(0, 1);
    int others = shadow.allocate(1, 1);
    assertTrue(mine != others);
    assertEquals(List.of(), told);
    shadow.free(others);
    assertEquals(others, shadow.allocate(1, 1));
    assertEquals(2, shadow.inUse());
  }

  @Test
  void whatHasNoClassChangesNothing() {
    assertEquals(SlabShadow.NO_SLAB, shadow.allocate(0, 0));
    shadow.free(SlabShadow.NO_SLAB);
    assertEquals(0, shadow.inUse());
  }

  @Test
  void badInputIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SlabShadow(new int[1], told::add));
    assertThrows(IllegalArgumentException.class, () -> new SlabShadow(new int[] {0, 0}, told::add));
  }

  /** What is told adds up to the calls, and every figure can be. */
  @Property(tries = 50)
  void whatIsToldAddsUp(@ForAll int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<SlabUse> uses = new ArrayList<>();
    SlabShadow slabs = new SlabShadow(new int[] {0, 3, 16}, uses::add);
    List<Integer> live = new ArrayList<>();
    long allocations = 0;
    long frees = 0;
    for (int i = 0; i < 5_000; i++) {
      if (live.isEmpty() || random.nextInt(100) < 40 + 20 * (i / 1000 % 2)) {
        live.add(slabs.allocate(random.nextInt(3), 1 + random.nextInt(2)));
        allocations++;
      } else {
        slabs.free(live.remove(/* index */ random.nextInt(live.size())));
        frees++;
      }
      if (i % 500 == 0) {
        slabs.endWindow();
      }
    }
    slabs.endWindow();
    assertEquals(allocations, uses.stream().mapToLong(SlabUse::allocations).sum());
    assertEquals(frees, uses.stream().mapToLong(SlabUse::frees).sum());
    assertTrue(uses.stream().allMatch(use -> use.isPossible(2)));
    assertTrue(uses.stream().filter(SlabUse::retired).allMatch(use -> use.utilisation() == 0));
    while (!live.isEmpty()) {
      slabs.free(live.removeLast());
    }
    assertTrue(slabs.inUse() <= 6, slabs.inUse() + " slabs, one for each thread and class");
  }
}
