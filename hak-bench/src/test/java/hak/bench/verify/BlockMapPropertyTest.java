package hak.bench.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class BlockMapPropertyTest {
  private static final long BASE = 0x7f00_0000_0000L - 4096;
  private static final int UNITS = 4096;

  @Property
  void knowsWhatASetOfUnitsKnows(@ForAll long seed) {
    Random random = new Random(seed);
    BlockMap map = new BlockMap();
    BitSet model = new BitSet();
    for (int i = 0; i < 200; i++) {
      int unit = random.nextInt(UNITS);
      int bytes = random.nextInt(1 << random.nextInt(1, 14));
      int last = unit + (Math.max(bytes, 1) - 1) / 8;
      int taken = model.nextSetBit(unit);
      if (taken < 0 || taken > last) {
        assertEquals(0, map.mark(BASE + 8L * unit, bytes));
        model.set(unit, last + 1);
      } else if (random.nextBoolean()) {
        int end = model.nextClearBit(taken);
        map.unmark(BASE + 8L * taken, 8L * (end - taken));
        model.clear(taken, end);
      } else {
        assertEquals(BASE + 8L * taken, firstOverlap(map, unit, bytes, model));
      }
    }
  }

  /** A refused mark leaves its bits behind; a run ends there, so the map is not used further. */
  private static long firstOverlap(BlockMap map, int unit, int bytes, BitSet model) {
    long found = map.mark(BASE + 8L * unit, bytes);
    assertTrue(found != 0);
    map.unmark(BASE, 8L * 2 * UNITS);
    for (int set = model.nextSetBit(0); set >= 0; set = model.nextSetBit(set + 1)) {
      map.mark(BASE + 8L * set, 8);
    }
    return found;
  }
}
