package hak.store.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hak.store.StoreCorruptException;
import hak.store.StoreOptions;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The extents of a data space, against a map of what is free. */
class FreeSpaceTest {
  private static final int OBJECTS = 2000;
  private static final StoreHeader HEADER =
      StoreHeader.of(
          StoreOptions.DEFAULT
              .withCapacityBytes(64L << 30)
              .withObjectLimit(OBJECTS)
              .withProcessLimit(1),
          1);
  private static final int UNITS = (int) HEADER.units().at(HEADER.capacityBytes());

  private final Region region = Region.of(Arena.ofAuto().allocate(HEADER.dataOffset(), Long.BYTES));
  private final FreeSpace space = new FreeSpace(region, HEADER, Placement.BEST_FIT);

  /** Start to length of what is free. */
  private final TreeMap<Integer, Integer> free = new TreeMap<>();

  private final List<Integer> taken = new ArrayList<>();

  private void start() {
    region.putLong(StoreHeader.COMMITTED, HEADER.capacityBytes());
    space.clear();
    space.extend(0, UNITS);
    free.put(0, UNITS);
  }

  /** Lengths of few kinds and of many, up to a hundredth of the space. */
  private static int length(Random random, int kinds) {
    int most = 1 << random.nextInt(24);
    int length = 1 + random.nextInt(most);
    return length % kinds == 0 ? length : 1 + (length - 1) / kinds * kinds;
  }

  private void take(int units) {
    int shortest =
        free.values().stream().filter(length -> length >= units).min(Integer::compare).orElse(-1);
    int extent = space.allocate(units, taken.size());
    if (shortest < 0) {
      assertEquals(FreeSpace.NONE, extent);
      return;
    }
    int start = space.table().start(extent);
    assertEquals(shortest, free.remove(start), "the shortest that is long enough");
    assertEquals(units, space.table().length(extent));
    if (shortest > units) {
      free.put(start + units, shortest - units);
    }
    taken.add(extent);
  }

  private void giveBack(int index) {
    int extent = taken.set(index, taken.getLast());
    taken.removeLast();
    int start = space.table().start(extent);
    int length = space.table().length(extent);
    space.release(extent);
    if (free.containsKey(start + length)) {
      length += free.remove(start + length);
    }
    var before = free.floorEntry(start);
    if (before != null && before.getKey() + before.getValue() == start) {
      free.put(before.getKey(), before.getValue() + length);
    } else {
      free.put(start, length);
    }
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void theShortestThatIsLongEnoughIsTaken(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int kinds) {
    Random random = new Random(seed);
    free.clear();
    taken.clear();
    start();
    for (int step = 0; step < 3000; step++) {
      if (taken.size() < OBJECTS && (taken.isEmpty() || random.nextInt(5) < 3)) {
        take(length(random, kinds));
      } else {
        giveBack(random.nextInt(taken.size()));
      }
      if (step % 500 == 0) {
        space.checkLists();
      }
    }
    while (!taken.isEmpty()) {
      giveBack(random.nextInt(taken.size()));
    }
    space.checkLists();
    assertEquals(UNITS, space.freeAtEnd());
  }

  @Test
  void aLinkOfATreeThatIsWrongIsFound() {
    start();
    for (int i = 0; i < 200; i++) {
      take(1 + i % 37);
    }
    for (int i = 198; i > 0; i -= 2) {
      space.release(taken.get(i));
    }
    space.checkLists();
    int wrong = 0;
    for (int extent = 0; extent < 200; extent++) {
      long at = HEADER.branchesOffset() + (long) extent * StoreHeader.BRANCH_BYTES;
      int before = region.getInt(at);
      if (space.table().isFree(extent)
          && space.table().get(extent, ExtentTable.RING_PREVIOUS) == FreeSpace.NONE) {
        for (int value : new int[] {extent, -7, Integer.MAX_VALUE, before == 1 ? 3 : 1}) {
          region.putInt(at, value);
          assertThrows(StoreCorruptException.class, space::checkLists, extent + " to " + value);
          wrong++;
        }
        region.putInt(at, before);
      }
    }
    space.checkLists();
    assertEquals(true, wrong > 20, () -> "links that were tried");
  }
}
