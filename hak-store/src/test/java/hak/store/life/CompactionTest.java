package hak.store.life;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.NoSuchObjectException;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreFullException;
import hak.store.StoreOptions;
import hak.store.WritableObject;
import hak.store.access.TestStores;
import hak.store.access.TestStores.Killed;
import hak.store.access.TestStores.SimulatedProcess;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Moving objects so that free space comes together. */
class CompactionTest {
  private static final int CAPACITY = 1 << 20;
  private static final int OBJECT = 32 << 10;
  private static final StoreOptions OPTIONS =
      TestStores.SMALL.withCapacityBytes(CAPACITY).withGrowthBytes(CAPACITY);

  private final TestStores stores = new TestStores();
  private final Path path = stores.path();

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  /** Fills a store and deletes every second object; those left, by what was put. */
  private static Map<Integer, ObjectRef> scatter(ObjectStore store) {
    List<ObjectRef> refs = new ArrayList<>();
    for (int i = 0; i < CAPACITY / OBJECT; i++) {
      refs.add(store.put("object " + i, TestStores.data(i, OBJECT)));
    }
    Map<Integer, ObjectRef> left = new TreeMap<>();
    for (int i = 0; i < refs.size(); i++) {
      if (i % 2 == 0) {
        store.delete(refs.get(i));
      } else {
        left.put(i, refs.get(i));
      }
    }
    return left;
  }

  private static void check(ObjectStore store, Map<Integer, ObjectRef> objects) {
    objects.forEach((i, ref) -> {
      assertArrayEquals(TestStores.bytes(i, OBJECT), TestStores.read(store, ref));
      assertEquals(ref, store.find("object " + i));
    });
    assertEquals(List.of(), store.verify().findings());
  }

  @Test
  void allFreeSpaceIsOneStretchAfterwards() {
    try (ObjectStore store = ObjectStore.open(path, OPTIONS)) {
      Map<Integer, ObjectRef> left = scatter(store);
      assertEquals(OBJECT, store.stats().largestFreeBytes());
      assertEquals(CAPACITY / 2, store.compact());
      assertEquals(CAPACITY / 2, store.stats().largestFreeBytes());
      assertEquals(1, store.stats().freeExtents());
      check(store, left);
      assertEquals(0, store.compact(), "there is nothing left to move");
      store.put(TestStores.data(9, CAPACITY / 2));
    }
  }

  @Test
  void aPutMovesNoMoreThanItNeeds() {
    try (ObjectStore store = ObjectStore.open(path, OPTIONS)) {
      Map<Integer, ObjectRef> left = scatter(store);
      ObjectRef ref = store.put(TestStores.data(100, 3 * OBJECT));
      assertArrayEquals(TestStores.bytes(100, 3 * OBJECT), TestStores.read(store, ref));
      check(store, left);
      assertEquals(CAPACITY / OBJECT / 2 - 3, store.stats().freeExtents());
      assertThrows(StoreFullException.class, () -> store.put(TestStores.data(1, CAPACITY / 2)));
    }
  }

  @Test
  void objectsMoveByLessThanTheirLength() {
    try (ObjectStore store = ObjectStore.open(path, OPTIONS)) {
      ObjectRef small = store.put("small", TestStores.data(1, 64));
      ObjectRef large = store.put("large", TestStores.data(2, 300_000));
      store.delete(small);
      assertEquals(300_032, store.compact());
      assertArrayEquals(TestStores.bytes(2, 300_000), TestStores.read(store, large));
      assertEquals(1, store.stats().freeExtents());
    }
  }

  @Test
  void whatIsReadOrWrittenStaysWhereItIs() {
    try (ObjectStore store = ObjectStore.open(path, OPTIONS)) {
      Map<Integer, ObjectRef> left = scatter(store);
      try (ObjectView view = store.get(left.get(15));
          WritableObject object = store.create(OBJECT)) {
        object.segment().copyFrom(TestStores.data(7, OBJECT));
        long address = view.segment().address();
        store.compact();
        assertEquals(address, view.segment().address());
        assertArrayEquals(
            TestStores.bytes(15, OBJECT), view.segment().toArray(ValueLayout.JAVA_BYTE));
        ObjectRef ref = object.seal();
        assertArrayEquals(TestStores.bytes(7, OBJECT), TestStores.read(store, ref));
        store.delete(ref);
      }
      check(store, left);
      store.compact();
      assertEquals(1, store.stats().freeExtents());
      check(store, left);
    }
  }

  @Test
  void spaceThatLostItsMemoryGetsItAgain() {
    try (ObjectStore store = ObjectStore.open(path, OPTIONS)) {
      Map<Integer, ObjectRef> left = scatter(store);
      store.trim();
      store.compact();
      check(store, left);
      store.trim();
      store.put(TestStores.data(9, CAPACITY / 2));
      check(store, left);
    }
  }

  /** Killed at each step of a compaction; the survivor finds everything and goes on. */
  @Test
  void aDeathAtAnyStepLosesNothing() throws Exception {
    int step = 1;
    for (boolean ended = false; !ended; step++) {
      Path file = stores.path();
      SimulatedProcess mortal = new SimulatedProcess();
      ObjectStore dying = TestStores.openAs(file, OPTIONS, mortal);
      Map<Integer, ObjectRef> left = scatter(dying);
      mortal.dieAfter(step);
      try {
        dying.compact();
        ended = true;
      } catch (Killed | IllegalStateException e) { // its mapping is gone
        assertTrue(mortal.isDead());
      }
      mortal.die();
      try (ObjectStore survivor = TestStores.openAs(file, OPTIONS, new SimulatedProcess())) {
        survivor.stats();
        check(survivor, left);
        survivor.compact();
        assertEquals(1, survivor.stats().freeExtents());
        check(survivor, left);
      }
    }
    assertTrue(step > 50, "there are many steps: " + step);
  }

  /** Each round deletes the first object and puts another, so all others move down. */
  @Test
  void nobodyMissesAnObjectThatMoves() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    try (ObjectStore store = ObjectStore.open(path, OPTIONS);
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Map<Integer, ObjectRef> objects = new ConcurrentSkipListMap<>(scatter(store));
      List<Future<?>> readers = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        long seed = thread;
        readers.add(threads.submit(() -> readUntil(stop, store, objects, new Random(seed))));
      }
      long moved = 0;
      for (int round = 0; round < 200; round++) {
        int first = objects.keySet().iterator().next();
        ObjectRef ref = objects.remove(first);
        store.delete(ref);
        moved += store.compact();
        int next = 1000 + round;
        objects.put(next, store.put("object " + next, TestStores.data(next, OBJECT)));
      }
      stop.set(true);
      for (Future<?> each : readers) {
        each.get();
      }
      assertTrue(moved > 50L * CAPACITY / 4, "objects did move: " + moved);
      check(store, objects);
    }
  }

  /**
   * Who has the store open for reading alone pins nothing, so the object moves while it is copied:
   * here by less than its length, over itself. It goes on until the reader had a turn.
   */
  @Test
  @Timeout(60)
  void whoReadsWithoutAPinCopiesAgain() throws Exception {
    byte[] expected = TestStores.bytes(2, 300_000);
    AtomicBoolean stop = new AtomicBoolean();
    try (ObjectStore store = ObjectStore.open(path, OPTIONS);
        ObjectStore readOnly = ObjectStore.openReadOnly(path);
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      AtomicInteger reads = new AtomicInteger();
      Future<?> reader = thread.submit(() -> readUntil(stop, readOnly, expected, reads));
      for (int round = 0; round < 100 || (reads.get() == 0 && !reader.isDone()); round++) {
        ObjectRef small = store.put("small", TestStores.data(1, 64));
        ObjectRef large = store.put("large", TestStores.data(2, expected.length));
        store.delete(small);
        assertTrue(store.compact() > 0, "it moved");
        store.delete(large);
      }
      stop.set(true);
      reader.get();
    }
  }

  private static void readUntil(
      AtomicBoolean stop, ObjectStore store, byte[] expected, AtomicInteger reads) {
    while (!stop.get()) {
      try (ObjectView view = store.get("large")) {
        assertArrayEquals(expected, view.segment().toArray(ValueLayout.JAVA_BYTE));
        reads.incrementAndGet();
      } catch (NoSuchObjectException e) {
        Thread.onSpinWait(); // between two rounds
      }
    }
  }

  private static void readUntil(
      AtomicBoolean stop, ObjectStore store, Map<Integer, ObjectRef> objects, Random random) {
    while (!stop.get()) {
      List<Integer> there = List.copyOf(objects.keySet());
      int i = there.get(random.nextInt(there.size()));
      ObjectRef ref = objects.get(i);
      if (ref == null) {
        continue; // deleted just now
      }
      try (ObjectView view = random.nextBoolean() ? store.get(ref) : store.get("object " + i)) {
        assertTrue(view.isIntact());
        assertTrue(store.contains(view.ref()) || !objects.containsKey(i));
      } catch (NoSuchObjectException e) {
        assertTrue(!objects.containsKey(i), () -> i + " is not found though it is there");
      }
    }
  }
}
