package hak.store.life;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.NoSuchObjectException;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.StoreFullException;
import hak.store.StoreOptions;
import hak.store.StoreVerifier;
import hak.store.VerifyReport.Outcome;
import hak.store.access.TestStores;
import hak.store.access.TestStores.Killed;
import hak.store.access.TestStores.SimulatedProcess;
import hak.store.slots.SlotRef;
import hak.store.slots.Slots;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tables that take memory as they are used. */
class SparseTablesTest {
  private static final int FIRST_ROWS = 1024;
  private static final StoreOptions OPTIONS =
      TestStores.SMALL.withObjectLimit(5000).withCapacityBytes(1 << 20);

  private final TestStores stores = new TestStores();
  private final Path path = stores.path();

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  private long memory() throws Exception {
    Process process = new ProcessBuilder("stat", "-c", "%b", path.toString()).start();
    String blocks = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    return Long.parseLong(blocks.strip()) * 512;
  }

  @Test
  void anEmptyStoreOfAMillionSlotsTakesLittle() throws Exception {
    StoreOptions large = StoreOptions.DEFAULT.withObjectLimit(StoreOptions.MAX_OBJECTS);
    try (ObjectStore store = ObjectStore.open(path, large.withGrowthBytes(64 << 10))) {
      assertTrue(store.stats().metadataBytes() > 480L << 20);
      ObjectRef ref = store.put("n", TestStores.data(1, 100));
      store.list();
      assertThrows(
          NoSuchObjectException.class,
          () -> store.get(SlotRef.of(StoreOptions.MAX_OBJECTS - 1, 1)));
      assertThrows(
          NoSuchObjectException.class,
          () -> store.delete(SlotRef.of(StoreOptions.MAX_OBJECTS / 2, 1)));
      assertEquals(List.of(), store.verify().findings());
      assertEquals(List.of(), StoreVerifier.verify(path).findings());
      assertArrayEquals(TestStores.bytes(1, 100), TestStores.read(store, ref));
    }
    long memory = memory();
    assertTrue(memory < 8L << 20, () -> memory + " bytes");
  }

  private static List<ObjectRef> fill(ObjectStore store, int objects) {
    List<ObjectRef> refs = new ArrayList<>();
    for (int i = 0; i < objects; i++) {
      refs.add(store.put(i % 3 == 0 ? "n" + i : "m" + i, TestStores.data(i, i % 120)));
    }
    return refs;
  }

  @Test
  void theTablesGrowUpToTheLimit() {
    try (ObjectStore store = ObjectStore.open(path, OPTIONS)) {
      Slots slots = TestStores.tables(store).slots();
      assertEquals(FIRST_ROWS, slots.count());
      List<ObjectRef> refs = fill(store, OPTIONS.objectLimit());
      assertEquals(OPTIONS.objectLimit(), slots.count());
      assertThrows(StoreFullException.class, () -> store.put(TestStores.data(1, 1)));
      assertEquals(List.of(), store.verify().findings());
      for (int i = 0; i < refs.size(); i += 7) {
        assertArrayEquals(TestStores.bytes(i, i % 120), TestStores.read(store, refs.get(i)));
      }
      refs.forEach(store::delete);
      assertEquals(0, store.stats().usedBytes());
      assertEquals(List.of(), store.verify().findings());
    }
    assertEquals(Outcome.CLEAN, StoreVerifier.verify(path).outcome());
  }

  @Test
  void aDeathWhileTheTablesGrowHarmsNobody() throws Exception {
    boolean killed = true;
    for (int step = 1; killed; step++) {
      Path file = stores.path();
      try (ObjectStore survivor = TestStores.openAs(file, OPTIONS, new SimulatedProcess())) {
        List<ObjectRef> refs = fill(survivor, FIRST_ROWS);
        SimulatedProcess victim = new SimulatedProcess();
        ObjectStore lost = TestStores.openAs(file, OPTIONS, victim);
        victim.dieAfter(step);
        try {
          lost.put("new", TestStores.data(1, 10));
          victim.die();
          killed = false;
        } catch (Killed | IllegalStateException e) {
          assertTrue(victim.isDead());
        }
        survivor.put("own", TestStores.data(2, 10));
        survivor.stats(); // takes over from the dead
        assertEquals(List.of(), survivor.verify().findings());
        assertArrayEquals(TestStores.bytes(50, 50), TestStores.read(survivor, refs.get(50)));
      }
    }
  }

  @Test
  void aCountOfRowsThatIsDamagedLosesNothing() {
    try (ObjectStore store = ObjectStore.open(path, OPTIONS)) {
      fill(store, 1500);
      int rows = TestStores.tables(store).slots().count();
      for (int bit = 0; bit < Long.SIZE; bit++) {
        long at = 1688;
        long word = TestStores.tables(store).region().getLong(at);
        TestStores.tables(store).region().putLong(at, word ^ 1L << bit);
        assertEquals(1500, store.list().size());
        assertEquals(Outcome.REPAIRABLE, store.verify().outcome());
        TestStores.repair(store);
        assertEquals(List.of(), store.verify().findings());
        assertEquals(1500, store.list().size());
      }
      assertEquals(rows, TestStores.tables(store).slots().count(), "no more than were there");
    }
  }
}
