package hak.store.space;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.StoreStats;
import hak.store.StoreVerifier;
import hak.store.access.TestStores;
import hak.store.access.TestStores.SimulatedProcess;
import hak.store.file.StoreHeader;
import hak.store.slots.SlotRef;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Space that processes keep of what they deleted: used again, given back, taken by others. */
class KeptSpaceTest {
  private static final int SIZE = 3000;

  private final TestStores stores = new TestStores();

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  private static int changes(ObjectStore store) {
    return TestStores.tables(store).region().getIntVolatile(StoreHeader.CHANGES);
  }

  private ObjectStore open(Path path) {
    return TestStores.openAs(path, TestStores.SMALL, new SimulatedProcess());
  }

  @Test
  void anObjectOfLikeSizeGetsThePlaceOfADeletedOneWithoutTheLock() {
    try (ObjectStore store = open(stores.path())) {
      ObjectRef first = store.put(TestStores.data(1, SIZE));
      int before = changes(store);
      for (int i = 0; i < 10; i++) {
        store.delete(first);
        ObjectRef next = store.put(TestStores.data(i, SIZE - i));
        assertEquals(SlotRef.slot(first), SlotRef.slot(next));
        assertNotEquals(first, next);
        assertArrayEquals(TestStores.bytes(i, SIZE - i), TestStores.read(store, next));
        first = next;
      }
      assertEquals(before, changes(store), "the bookkeeping was not touched");
      assertEquals(List.of(), store.verify().findings());
    }
  }

  @Test
  void anObjectOfAnotherSizeDoesNot() {
    try (ObjectStore store = open(stores.path())) {
      ObjectRef first = store.put(TestStores.data(1, SIZE));
      store.delete(first);
      assertNotEquals(SlotRef.slot(first), SlotRef.slot(store.put(TestStores.data(1, SIZE / 2))));
      assertNotEquals(SlotRef.slot(first), SlotRef.slot(store.put(TestStores.data(1, 2 * SIZE))));
    }
  }

  @Test
  void whoOnlyPutsObjectsOfOneSizeTakesTheLockSeldom() {
    try (ObjectStore store = open(stores.path())) {
      store.stats();
      int before = changes(store);
      for (int i = 0; i < 60; i++) {
        store.put(TestStores.data(i, 200));
      }
      // 1 + 2 + 4 + 8 + 16 + 16 + 16, each a change, which counts by 2. The first finds no space,
      // and
      // the file grows.
      assertEquals(2 * (7 + 2), changes(store) - before);
      assertEquals(60, store.stats().objects());
      assertEquals(60 * 256, store.stats().usedBytes());
      assertEquals(List.of(), store.verify().findings());
    }
  }

  @Test
  void whoPutsObjectsOfChangingSizesTakesOneSlotAtATime() {
    try (ObjectStore store = open(stores.path())) {
      for (int i = 0; i < 20; i++) {
        store.put(TestStores.data(i, 200 + 300 * (i % 2)));
      }
      assertEquals(20, TestStores.tables(store).region().getInt(StoreHeader.OBJECTS));
    }
  }

  @Test
  void theLedgerCountsWhatIsKeptAsFree() {
    try (ObjectStore store = open(stores.path())) {
      store.delete(store.put(TestStores.data(1, SIZE)));
      StoreStats stats = store.stats();
      assertEquals(0, stats.usedBytes());
      assertEquals(0, stats.objects());
      assertEquals(1, stats.freeExtents());
    }
  }

  @Test
  void aProcessThatNeedsRoomTakesWhatOthersKeep() {
    Path path = stores.path();
    int half = TestStores.SMALL.objectLimit() / 2;
    try (ObjectStore one = open(path);
        ObjectStore two = open(path)) {
      List<ObjectRef> refs = new ArrayList<>();
      for (int i = 0; i < half; i++) {
        refs.add(one.put(TestStores.data(i, 200)));
      }
      refs.forEach(one::delete);
      List<ObjectRef> all = new ArrayList<>();
      for (int i = 0; i < TestStores.SMALL.objectLimit(); i++) {
        all.add(two.put(TestStores.data(i, 200)));
      }
      all.forEach(two::delete);
      ObjectRef back = one.put(TestStores.data(1, 200));
      assertArrayEquals(TestStores.bytes(1, 200), TestStores.read(one, back));
    }
    assertEquals(List.of(), StoreVerifier.verify(path).findings());
  }

  @Test
  void whatAProcessKeptReturnsWhenItCloses() {
    Path path = stores.path();
    try (ObjectStore other = open(path)) {
      ObjectStore store = open(path);
      store.delete(store.put(TestStores.data(1, SIZE)));
      store.close();
      long used = TestStores.tables(other).space().table().usedUnits();
      assertEquals(0, used);
    }
  }

  @Test
  void aRebuildWhileAKeptSlotIsTakenFindsNothingWrong() {
    Path path = stores.path();
    AtomicReference<Runnable> nextStep = new AtomicReference<>(() -> {});
    try (ObjectStore other = open(path);
        ObjectStore store =
            TestStores.openAs(path, TestStores.SMALL, () -> nextStep.getAndSet(() -> {}).run())) {
      // Slots that had long objects, and are then taken in a batch for short ones.
      for (int i = 0; i < 4; i++) {
        store.put("long" + i, TestStores.data(i, SIZE));
      }
      for (int i = 0; i < 4; i++) {
        store.delete("long" + i);
      }
      store.put(TestStores.data(1, 100));
      store.put(TestStores.data(2, 100));
      AtomicBoolean rebuilt = new AtomicBoolean();
      nextStep.set(() -> {
        rebuild(other);
        rebuilt.set(true);
      });
      ObjectRef taken = store.put(TestStores.data(3, 100));
      assertTrue(rebuilt.get());
      assertArrayEquals(TestStores.bytes(3, 100), TestStores.read(store, taken));
      assertEquals(List.of(), store.verify().findings());
    }
  }

  private static void rebuild(ObjectStore store) {
    TestStores.lock(store).lock();
    try {
      TestStores.lock(store).rebuild();
    } finally {
      TestStores.lock(store).unlock();
    }
  }

  /** Two processes put and delete while a third takes what they keep and rebuilds. */
  @Test
  void takingAndKeepingAtTheSameTimeLosesNothing() throws Exception {
    Path path = stores.path();
    AtomicBoolean stop = new AtomicBoolean();
    try (ObjectStore disturber = open(path);
        ObjectStore one = open(path);
        ObjectStore two = open(path);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> loads = new ArrayList<>();
      for (ObjectStore store : List.of(one, two)) {
        for (int thread = 0; thread < 2; thread++) {
          int seed = loads.size();
          loads.add(threads.submit(() -> putReadAndDelete(store, seed, stop)));
        }
      }
      try {
        for (int round = 0; round < 2000; round++) {
          disturber.stats();
          rebuild(disturber);
        }
      } finally {
        stop.set(true);
      }
      for (Future<Integer> load : loads) {
        assertTrue(load.get() > 0);
      }
      assertEquals(0, disturber.stats().objects());
      assertEquals(0, disturber.stats().usedBytes());
      assertEquals(List.of(), disturber.verify().findings());
    }
  }

  private static int putReadAndDelete(ObjectStore store, int seed, AtomicBoolean stop) {
    Random random = new Random(seed);
    ArrayDeque<ObjectRef> mine = new ArrayDeque<>();
    ArrayDeque<Integer> seeds = new ArrayDeque<>();
    int puts = 0;
    while (!stop.get()) {
      int content = random.nextInt(1000);
      mine.add(store.put(TestStores.data(content, 64 * (1 + content % 5))));
      seeds.add(content);
      if (++puts % 3 == 0 || mine.size() > 8) {
        int expected = seeds.remove();
        ObjectRef ref = mine.remove();
        assertArrayEquals(
            TestStores.bytes(expected, 64 * (1 + expected % 5)), TestStores.read(store, ref));
        store.delete(ref);
      }
    }
    mine.forEach(store::delete);
    return puts;
  }
}
