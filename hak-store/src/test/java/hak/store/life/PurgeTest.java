package hak.store.life;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreOptions;
import hak.store.access.TestStores;
import hak.store.access.TestStores.SimulatedProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Memory behind free space that goes back to the system. */
class PurgeTest {
  private static final int MIB = 1 << 20;
  private static final int OBJECTS = 8;
  private static final int SIZE = 4 * MIB;
  private static final StoreOptions OPTIONS =
      TestStores.SMALL
          .withCapacityBytes(OBJECTS * (long) SIZE)
          .withPurge(Duration.ofDays(4000), MIB);

  private final TestStores stores = new TestStores();
  private final Path path = stores.path();
  private final List<ObjectRef> refs = new ArrayList<>();

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  /** Bytes of memory that the file has. */
  private long memory() throws Exception {
    Process process = new ProcessBuilder("stat", "-c", "%b", path.toString()).start();
    String blocks = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    return Long.parseLong(blocks.strip()) * 512;
  }

  private void fill(ObjectStore store) throws Exception {
    for (int i = 0; i < OBJECTS; i++) {
      refs.add(store.put("o" + i, TestStores.data(i, SIZE)));
    }
    assertTrue(memory() >= OBJECTS * (long) SIZE);
  }

  private void checkData(ObjectStore store, int object) {
    assertArrayEquals(TestStores.bytes(object, SIZE), TestStores.read(store, refs.get(object)));
  }

  @Test
  void trimGivesTheMemoryOfFreeSpaceBackAndNothingElse() throws Exception {
    try (ObjectStore store = ObjectStore.open(path, OPTIONS)) {
      fill(store);
      try (ObjectView view = store.get(refs.get(5))) {
        for (int i : new int[] {1, 2, 5, 7}) {
          store.delete(refs.get(i));
        }
        long before = memory();
        store.trim();
        assertEquals(3L * SIZE, before - memory());
        assertTrue(view.isIntact(), "what is read stays");
      }
      for (int i : new int[] {0, 3, 4, 6}) {
        checkData(store, i);
      }
      assertEquals(List.of(), store.verify().findings());
      ObjectRef again = store.put("again", TestStores.data(9, 2 * SIZE));
      assertArrayEquals(TestStores.bytes(9, 2 * SIZE), TestStores.read(store, again));
      assertEquals(List.of(), store.verify().findings());
    }
  }

  @Test
  void spaceWithoutMemoryIsReservedBeforeAnObjectGetsIt() throws Exception {
    try (ObjectStore store = ObjectStore.open(path, OPTIONS)) {
      fill(store);
      refs.forEach(store::delete);
      store.trim();
      long empty = memory();
      store.create(2 * SIZE).close();
      assertTrue(memory() - empty >= 2L * SIZE, "though nothing was written");
      store.put("small", TestStores.data(1, 100));
      assertEquals(List.of(), store.verify().findings());
    }
  }

  @Test
  void trimGivesBackWhatIsKeptToo() throws Exception {
    StoreOptions large = OPTIONS.withCapacityBytes(64L << 20);
    try (ObjectStore store = ObjectStore.open(path, large)) {
      store.put("n", TestStores.data(1, 100));
      long before = memory();
      store.delete(store.put(TestStores.data(1, MIB)));
      store.trim();
      assertTrue(memory() <= before, "a deleted object that has no name");
    }
  }

  @Test
  void longStretchesAreGivenBackAfterTheDelay() throws Exception {
    StoreOptions soon = OPTIONS.withPurge(Duration.ofMillis(20), MIB);
    try (ObjectStore store = ObjectStore.open(path, soon)) {
      long tables = store.stats().metadataBytes();
      fill(store);
      refs.forEach(store::delete);
      long start = System.nanoTime();
      while (memory() > tables + MIB) {
        assertTrue(System.nanoTime() - start < 20_000_000_000L, "it takes too long");
      }
      store.put("again", TestStores.data(3, SIZE));
      assertEquals(List.of(), store.verify().findings());
    }
  }

  @Test
  void whatTheDelayLeftIsGivenBackWhenTheStoreIsClosed() throws Exception {
    StoreOptions late = OPTIONS.withPurge(Duration.ofHours(1), MIB);
    long tables;
    try (ObjectStore store = ObjectStore.open(path, late)) {
      tables = store.stats().metadataBytes();
      fill(store);
      refs.forEach(store::delete);
      assertTrue(memory() >= OBJECTS * (long) SIZE, "not before the delay");
    }
    assertTrue(memory() <= tables + MIB);
  }

  @Test
  void shortStretchesAndThoseOfWhoNeverPurgesStay() throws Exception {
    try (ObjectStore store = ObjectStore.open(path, OPTIONS.withPurge(Duration.ZERO, 2L * SIZE))) {
      fill(store);
      store.delete(refs.get(3));
    }
    assertTrue(memory() >= OBJECTS * (long) SIZE);
    try (ObjectStore store = ObjectStore.open(path, OPTIONS)) {
      refs.stream().filter(store::contains).forEach(store::delete);
    }
    assertTrue(memory() >= OBJECTS * (long) SIZE);
  }

  @Test
  void anotherProcessKnowsWhatLostItsMemory() throws IOException {
    try (ObjectStore one = TestStores.openAs(path, OPTIONS, new SimulatedProcess());
        ObjectStore two = TestStores.openAs(path, OPTIONS, new SimulatedProcess())) {
      for (int round = 0; round < 20; round++) {
        ObjectRef a = one.put("a", TestStores.data(round, SIZE + round));
        ObjectRef b = two.put("b", TestStores.data(-round, SIZE - round));
        one.trim();
        assertArrayEquals(TestStores.bytes(round, SIZE + round), TestStores.read(two, a));
        one.delete(a);
        two.trim();
        assertArrayEquals(TestStores.bytes(-round, SIZE - round), TestStores.read(one, b));
        two.delete(b);
      }
      assertEquals(List.of(), two.verify().findings());
    }
  }
}
