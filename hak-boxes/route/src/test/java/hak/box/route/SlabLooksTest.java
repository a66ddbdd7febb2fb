package hak.box.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.memory.SizeClasses;
import hak.core.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slabs of a stack without a cache: what is out of them is what the test has. */
class SlabLooksTest {
  private static final long SIZE = 500;

  private final List<int[]> seen = new ArrayList<>();

  private int used(SlabLooks looks, int sizeClass) {
    seen.clear();
    assertEquals(
        1,
        looks.look((each, capacity, usedBefore, used) -> {
          assertTrue(used >= 0 && used <= capacity && usedBefore >= 0 && usedBefore <= capacity);
          if (each == sizeClass) {
            seen.add(new int[] {capacity, usedBefore, used});
          }
        }));
    return seen.stream().mapToInt(slab -> slab[2]).sum();
  }

  @Test
  void blocksOutOfSlabsAreCountedByClass() {
    try (HakAllocator stack =
        Hak.open(Profile.ofTiers("bare", List.of("tiny", "mid", "large", "big")))) {
      StackView view = StackView.of(stack);
      SizeClasses classes = view.sizeClasses();
      SlabLooks looks = new SlabLooks(view.pages(), view.pageRuns());
      int sizeClass = classes.of(SIZE);
      assertEquals(0, used(looks, sizeClass));
      List<Long> blocks = new ArrayList<>();
      int capacity = (64 << 10) / classes.bytes(sizeClass);
      for (int i = 0; i < 10 * capacity; i++) {
        blocks.add(stack.malloc(SIZE));
      }
      assertEquals(10 * capacity, used(looks, sizeClass));
      assertEquals(10, seen.size());
      assertEquals(0, seen.getFirst()[1], "it was no slab before");
      used(looks, sizeClass);
      assertEquals(capacity, seen.getFirst()[1]);
      for (int i = 0; i < blocks.size(); i += 2) {
        stack.free(blocks.get(i));
      }
      assertEquals(5 * capacity, used(looks, sizeClass));
      for (int i = 1; i < blocks.size(); i += 2) {
        stack.free(blocks.get(i));
      }
      assertEquals(0, used(looks, sizeClass));
      assertTrue(seen.size() < 10, "they were given back");
    }
  }
}
