package hak.store.life;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.NoSuchObjectException;
import hak.store.ObjectInfo;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreFullException;
import hak.store.StoreOptions;
import hak.store.access.TestStores;
import hak.store.access.TestStores.SimulatedProcess;
import hak.store.slots.SlotRef;
import hak.store.slots.Slots;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which objects a full store deletes, and which never. */
class EvictionTest {
  private static final int PART = 16 << 10;
  private static final int PARTS = 64;
  private static final StoreOptions OPTIONS =
      TestStores.SMALL.withEviction(true).withObjectLimit(200);

  private final TestStores stores = new TestStores();
  private Path path;
  private ObjectStore store;
  private final List<ObjectRef> refs = new ArrayList<>();

  @BeforeEach
  void open() {
    path = stores.path();
    store = TestStores.openAs(path, OPTIONS, new SimulatedProcess());
  }

  @AfterEach
  void clean() throws Exception {
    store.close();
    stores.close();
  }

  private void fill() {
    for (int i = 0; i < PARTS; i++) {
      refs.add(store.put("o" + i, TestStores.data(i, PART)));
    }
    assertEquals(0, store.stats().evictions());
  }

  private void checkPresent(Integer... gone) {
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < PARTS; i++) {
      if (!store.contains(refs.get(i))) {
        missing.add(i);
      }
    }
    assertEquals(List.of(gone), missing);
    assertEquals(List.of(), store.verify().findings());
  }

  @Test
  void anObjectWithFurtherReferencesStays() {
    fill();
    store.retain(refs.get(0));
    store.retain(refs.get(1));
    store.put(TestStores.data(99, PART));
    checkPresent(2);
    assertEquals(1, store.release(refs.get(1)));
    assertEquals(3, store.retain(refs.get(0)));
  }

  @Test
  void aFullStoreOfReferencedObjectsRefusesAndLosesNothing() {
    fill();
    refs.forEach(store::retain);
    assertThrows(StoreFullException.class, () -> store.put(TestStores.data(99, 100)));
    checkPresent();
    store.release(refs.get(40));
    store.put(TestStores.data(99, 100));
    checkPresent(40);
  }

  @Test
  void aRequestThatCannotFitDeletesNothing() {
    fill();
    try (ObjectView middle = store.get(refs.get(32))) {
      assertThrows(StoreFullException.class, () -> store.put(TestStores.data(9, 33 * PART)));
      checkPresent();
      assertTrue(middle.isIntact());
      store.put(TestStores.data(9, 32 * PART));
    }
    assertEquals(32, store.stats().evictions());
  }

  @Test
  void aLargeObjectTakesTheStretchThatWasUsedLongestAgo() {
    fill();
    for (int i = 0; i < PARTS; i++) {
      if (i < 20 || i > 22) {
        TestStores.read(store, refs.get(i));
      }
    }
    store.put(TestStores.data(9, 3 * PART));
    checkPresent(20, 21, 22);
  }

  @Test
  void onlyWhatLiesInTheStretchIsDeleted() {
    fill();
    for (int i = PARTS - 1; i >= 0; i--) {
      if (i % 10 != 0) {
        TestStores.read(store, refs.get(i));
      }
    }
    // The oldest are 0, 10, 20 ... alone, then come 63 and 62.
    store.put(TestStores.data(9, 2 * PART));
    assertEquals(2, store.stats().evictions());
    checkPresent(62, 63);
  }

  @Test
  void lookingAtAnObjectIsNoUseAndAViewIsOne() {
    fill();
    store.contains("o0");
    store.contains(refs.get(0));
    store.find("o0");
    store.list();
    store.retain(refs.get(0));
    store.release(refs.get(0));
    store.get("o1").close();
    store.put(TestStores.data(99, PART));
    store.put(TestStores.data(98, PART));
    checkPresent(0, 2);
  }

  @Test
  void emptyObjectsGoWhenSlotsAreWantedAndStayWhenSpaceIs() {
    ObjectRef empty = store.put("empty", TestStores.data(0, 0));
    fill();
    store.put(TestStores.data(99, PART));
    assertTrue(store.contains(empty));
    checkPresent(0);
    for (int i = PARTS + 1; i < OPTIONS.objectLimit(); i++) {
      store.put(TestStores.data(0, 0));
    }
    store.put("slot", TestStores.data(0, 0));
    assertFalse(store.contains(empty));
    checkPresent(0);
  }

  /** As after a restart of the system, where the monotonic clock begins at 0 again. */
  @Test
  void theOrderOfUseSurvivesARestartOfTheClock() throws Exception {
    fill();
    TestStores.read(store, refs.get(0));
    Slots slots = TestStores.tables(store).slots();
    for (ObjectRef ref : refs) {
      int slot = SlotRef.slot(ref);
      slots.lastUse(slot, slots.lastUse(slot) + Duration.ofDays(10).toNanos());
    }
    store.close();
    store = TestStores.openAs(path, OPTIONS, new SimulatedProcess());
    TestStores.read(store, refs.get(1));
    ObjectRef young = store.put(TestStores.data(99, PART));
    store.put(TestStores.data(98, PART));
    store.put(TestStores.data(97, PART));
    checkPresent(2, 3, 4);
    assertTrue(store.contains(young), "what is new is not the oldest");
  }

  @Test
  void aTimeOfUseThatIsDamagedHarmsNobody() {
    fill();
    Slots slots = TestStores.tables(store).slots();
    slots.lastUse(SlotRef.slot(refs.get(5)), Long.MAX_VALUE);
    slots.lastUse(SlotRef.slot(refs.get(6)), -1);
    store.put(TestStores.data(99, PART));
    store.put(TestStores.data(98, PART));
    store.put(TestStores.data(97, PART));
    checkPresent(0, 5, 6);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theOneUsedLongestAgoGoesWhoeverPutsAndReads(long seed) {
    Random random = new Random(seed);
    // In order of use, oldest first.
    Map<ObjectRef, Integer> model = new LinkedHashMap<>(16, 0.75f, true);
    try (ObjectStore other = TestStores.openAs(path, OPTIONS, new SimulatedProcess())) {
      for (int i = 0; i < 2000; i++) {
        ObjectStore user = random.nextBoolean() ? store : other;
        if (model.size() < PARTS || random.nextInt(3) == 0) {
          if (model.size() == PARTS) {
            model.remove(model.keySet().iterator().next());
          }
          model.put(user.put("n" + i, TestStores.data(i, PART)), i);
        } else {
          ObjectRef ref = new ArrayList<>(model.keySet()).get(random.nextInt(PARTS));
          assertArrayEquals(TestStores.bytes(model.get(ref), PART), TestStores.read(user, ref));
        }
      }
      List<ObjectRef> there =
          store.list().stream().map(ObjectInfo::ref).sorted(EvictionTest::compare).toList();
      assertEquals(model.keySet().stream().sorted(EvictionTest::compare).toList(), there);
    }
  }

  private static int compare(ObjectRef a, ObjectRef b) {
    return Long.compare(a.value(), b.value());
  }

  @Test
  void whatIsRetainedWhileOthersEvictIsThere() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    int looked = 0;
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<?> putter =
          threads.submit(() -> {
            for (int i = 0; !stop.get(); i++) {
              store.put(TestStores.data(1, i % 7 == 0 ? 3 * PART : PART));
            }
          });
      Random random = new Random(3);
      for (int i = 0; i < 3000 && !putter.isDone(); i++) {
        List<ObjectInfo> list = store.list();
        if (!list.isEmpty()) {
          looked += checkStaysWhileRetained(list.get(random.nextInt(list.size())).ref());
        }
      }
      stop.set(true);
      putter.get();
      assertTrue(looked > 100, "objects were there");
    } finally {
      stop.set(true);
      threads.close();
    }
    assertEquals(List.of(), store.verify().findings());
  }

  /** 1 when it could be retained, 0 when it was gone before. */
  private int checkStaysWhileRetained(ObjectRef ref) {
    try {
      store.retain(ref);
    } catch (NoSuchObjectException e) {
      return 0;
    }
    for (int look = 0; look < 20; look++) {
      assertTrue(store.contains(ref), "a retained object is not evicted");
    }
    store.release(ref);
    return 1;
  }
}
