package hak.big;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The tree against a sorted set of the JDK. */
class SizeTreeTest {
  private static final int EXTENTS = 500;

  private final Extents extents = new Extents();
  private final SizeTree tree = new SizeTree(extents, 64);
  private final Comparator<Integer> order =
      Comparator.<Integer>comparingLong(extents::bytes).thenComparingLong(extents::address);
  private final TreeSet<Integer> model = new TreeSet<>(order);

  private int leastAtLeast(long bytes) {
    return model.stream().filter(extent -> extents.bytes(extent) >= bytes).findFirst().orElse(0);
  }

  @Test
  void findsWhatASortedSetFinds() {
    SplittableRandom random = new SplittableRandom(5);
    List<Integer> outside = new ArrayList<>();
    for (int i = 0; i < EXTENTS; i++) {
      extents.reserve(1, tree);
      outside.add(extents.add((1L + i) << 30, 1 + random.nextInt(100), Extents.CLEAN, false));
    }
    assertEquals(Extents.NONE, tree.longest());
    for (int i = 0; i < 20_000; i++) {
      if (!outside.isEmpty() && random.nextInt(100) < (i / 2_000 % 2 == 0 ? 70 : 30)) {
        int extent = outside.remove(/* index */ random.nextInt(outside.size()));
        tree.insert(extent);
        model.add(extent);
      } else if (!model.isEmpty()) {
        int extent = leastAtLeast(1 + random.nextInt(model.isEmpty() ? 1 : 100));
        extent = extent == Extents.NONE ? model.last() : extent;
        tree.remove(extent);
        model.remove(extent);
        outside.add(extent);
      }
      long bytes = random.nextInt(110);
      assertEquals(leastAtLeast(bytes), tree.leastAtLeast(bytes));
      assertEquals(model.isEmpty() ? Extents.NONE : model.last(), tree.longest());
    }
  }
}
