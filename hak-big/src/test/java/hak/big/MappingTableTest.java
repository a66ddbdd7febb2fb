package hak.big;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table of mappings against a map of the JDK. */
class MappingTableTest {
  private static final long STUCK = -1;

  /** What the table should hold: mapped and used bytes, used {@link #STUCK} for a stuck one. */
  private record Mapping(long mapped, long used) {}

  private final MappingTable table = new MappingTable();
  private final TreeMap<Long, Mapping> model = new TreeMap<>();

  private void put(long address, long mapped, long used) {
    table.reserve(1);
    if (used == STUCK) {
      table.putStuck(address, mapped);
    } else {
      table.putLive(address, mapped, used);
    }
    model.put(address, new Mapping(mapped, used));
  }

  private void remove(long address) {
    for (int slot = 0; slot < table.slots(); slot++) {
      if (table.address(slot) == address) {
        table.remove(slot);
        table.cancel(1);
        model.remove(address);
        return;
      }
    }
    throw new AssertionError("not there: " + address);
  }

  private void compare() {
    TreeMap<Long, Mapping> found = new TreeMap<>();
    for (int slot = 0; slot < table.slots(); slot++) {
      assertFalse(table.isLive(slot) && table.isStuck(slot));
      if (table.address(slot) != 0) {
        long mapped = table.mappedBytes(slot);
        Mapping expected = model.get(table.address(slot));
        assertEquals(expected.mapped, mapped);
        assertEquals(expected.used == STUCK, table.isStuck(slot));
        found.put(table.address(slot), expected);
      }
    }
    assertEquals(model, found);
    List<Mapping> live = model.values().stream().filter(m -> m.used != STUCK).toList();
    assertEquals(live.size(), table.liveBlocks());
    assertEquals(live.stream().mapToLong(Mapping::used).sum(), table.usedBytes());
    assertEquals(live.stream().mapToLong(Mapping::mapped).sum(), table.mappedBytes());
    model.forEach(
        (address, mapping) -> assertEquals(mapping.used != STUCK, table.findLive(address) >= 0));
  }

  @Test
  void holdsWhatAMapHolds() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 4_000; i++) {
      boolean grows = (i / 1_000) % 2 == 0;
      if (model.isEmpty() || random.nextInt(100) < (grows ? 70 : 25)) {
        long address = (1L + random.nextInt(1 << 20)) << 12;
        if (!model.containsKey(address)) {
          long mapped = 4096L * (1 + random.nextInt(1_000));
          put(address, mapped, random.nextInt(5) == 0 ? STUCK : mapped - random.nextInt(4_096));
        }
      } else {
        remove(new ArrayList<>(model.keySet()).get(random.nextInt(model.size())));
      }
      if (i % 50 == 0) {
        compare();
      }
    }
    compare();
  }

  @Test
  void whatIsFreedKeepsASlotUntilItIsCancelled() {
    int atFirst = table.slots();
    for (int i = 1; i <= atFirst / 2; i++) {
      put(i * 4096L, 4096, 1);
    }
    assertEquals(atFirst, table.slots());
    int slot = table.findLive(4096);
    table.remove(slot); // its mapping may yet turn out to be stuck
    table.putStuck(4096, 4096);
    assertEquals(atFirst, table.slots(), "it took the slot that was kept");
    assertEquals(-1, table.findLive(4096));
    table.reserve(1);
    assertTrue(table.slots() > atFirst);
  }

  @Test
  void removingInOneSweepMeetsEveryMapping() {
    for (int i = 1; i <= 1_000; i++) {
      put(i * 4096L, 4096, i % 3 == 0 ? STUCK : 1);
    }
    for (int slot = 0; slot < table.slots(); slot++) {
      while (table.isStuck(slot)) { // what stood behind it may have moved here
        model.remove(table.address(slot));
        table.remove(slot);
        table.cancel(1);
      }
    }
    assertEquals(667, model.size());
    compare();
  }
}
