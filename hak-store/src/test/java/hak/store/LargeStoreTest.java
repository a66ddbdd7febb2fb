package hak.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.access.TestStores;
import hak.store.access.TestStores.SimulatedProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores of more than 64 GiB, which are sparse: whatever is done with small ones works. */
class LargeStoreTest {
  private final TestStores stores = new TestStores();
  private final Path path = stores.path();

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  private static StoreOptions options(long capacity) {
    return TestStores.SMALL.withCapacityBytes(capacity).withGrowthBytes(64 << 10);
  }

  @ParameterizedTest
  @ValueSource(longs = {65L << 30, 300L << 30, 4L << 40})
  void objectsComeAndGoAsInSmallOnes(long capacity) {
    int unit = (int) Math.max(64, Long.highestOneBit((capacity - 1) >>> 29));
    try (ObjectStore store = ObjectStore.open(path, options(capacity))) {
      assertEquals(capacity, store.stats().capacityBytes());
      List<ObjectRef> refs = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        refs.add(store.put("object " + i, TestStores.data(i, 1000 * i + 1)));
      }
      assertEquals(20, store.stats().objects());
      assertEquals(
          refs.stream().mapToLong(ref -> (1000L * refs.indexOf(ref) + unit) / unit * unit).sum(),
          store.stats().usedBytes());
      for (int i = 0; i < 20; i += 2) {
        store.delete(refs.get(i));
      }
      assertTrue(store.compact() > 0);
      store.trim();
      store.put("more", TestStores.data(50, 200_000));
      assertThrows(StoreFullException.class, () -> store.create(capacity + 1));
      for (int i = 1; i < 20; i += 2) {
        assertArrayEquals(TestStores.bytes(i, 1000 * i + 1), TestStores.read(store, refs.get(i)));
      }
      assertEquals(List.of(), store.verify().findings());
    }
    VerifyReport report = StoreVerifier.repair(path);
    assertEquals(VerifyReport.Outcome.CLEAN, report.outcome());
    assertEquals(11, report.objects());
  }

  @ParameterizedTest
  @ValueSource(longs = {65L << 30, 4L << 40})
  void aDeathLosesNothing(long capacity) {
    try (ObjectStore store = ObjectStore.open(path, options(capacity))) {
      ObjectRef kept = store.put("kept", TestStores.data(1, 100_000));
      SimulatedProcess dying = new SimulatedProcess();
      ObjectStore other = TestStores.openAs(path, options(capacity), dying);
      other.put("sealed", TestStores.data(2, 50_000));
      other.create("lost", 70_000);
      dying.die();
      assertEquals(1, store.stats().processes());
      assertEquals(2, store.list().size());
      assertArrayEquals(TestStores.bytes(1, 100_000), TestStores.read(store, kept));
      assertArrayEquals(TestStores.bytes(2, 50_000), TestStores.read(store, store.find("sealed")));
      assertEquals(List.of(), store.verify().findings());
    }
  }
}
