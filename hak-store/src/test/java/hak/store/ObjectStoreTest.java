package hak.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.access.TestStores;
import hak.store.slots.SlotRef;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API promises to one process. */
class ObjectStoreTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final TestStores stores = new TestStores();
  private Path path;
  private ObjectStore store;

  @BeforeEach
  void open() {
    path = stores.path();
    store = ObjectStore.open(path, TestStores.SMALL);
  }

  @AfterEach
  void close() throws Exception {
    try (stores) {
      VerifyReport report = store.verify();
      assertEquals(List.of(), report.findings());
      store.close();
    } catch (IllegalStateException e) {
      assertTrue(e.getMessage().contains("was closed"), e::getMessage);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 1024, 65_536, 65_537, 1 << 20})
  void returnsTheBytesThatWerePut(int size) {
    ObjectRef ref = store.put(TestStores.data(size, size));
    assertArrayEquals(TestStores.bytes(size, size), TestStores.read(store, ref));
    try (ObjectView view = store.get(ref)) {
      assertTrue(view.isIntact());
      assertEquals(size, view.sizeBytes());
    }
  }

  @Test
  void copiesFromNativeAndFromAlignedHeapMemory() {
    long[] numbers = {1, 2, 3};
    ObjectRef ref = store.put(MemorySegment.ofArray(numbers));
    try (ObjectView view = store.get(ref);
        Arena arena = Arena.ofConfined()) {
      assertArrayEquals(numbers, view.segment().toArray(ValueLayout.JAVA_LONG));
      ObjectRef copy = store.put(arena.allocateFrom(ValueLayout.JAVA_LONG, numbers));
      assertArrayEquals(TestStores.read(store, ref), TestStores.read(store, copy));
      ObjectRef fromStore = store.put(view.segment());
      assertArrayEquals(TestStores.read(store, ref), TestStores.read(store, fromStore));
    }
  }

  @Test
  void aViewIsReadOnlyAndRefusesAfterClose() {
    ObjectView view = store.get(store.put(TestStores.data(1, 10)));
    assertTrue(view.segment().isReadOnly());
    view.close();
    view.close();
    assertThrows(IllegalStateException.class, view::segment);
    assertThrows(IllegalStateException.class, view::isIntact);
  }

  @Test
  void anObjectIsInvisibleUntilItIsSealed() {
    try (WritableObject object = store.create("n", 100)) {
      assertFalse(store.contains("n"));
      assertFalse(store.contains(object.ref()));
      assertThrows(NoSuchObjectException.class, () -> store.get(object.ref()));
      assertThrows(NoSuchObjectException.class, () -> store.get("n"));
      assertThrows(DuplicateNameException.class, () -> store.create("n", 1));
      object.segment().fill((byte) 7);
      assertEquals(object.ref(), object.seal());
      assertThrows(IllegalStateException.class, object::segment);
      assertThrows(IllegalStateException.class, object::seal);
    }
    try (ObjectView view = store.get("n")) {
      assertEquals(7, view.segment().get(ValueLayout.JAVA_BYTE, 99));
      assertTrue(view.isIntact());
    }
  }

  @Test
  void anObjectMayBeAppendedPieceByPiece() {
    try (WritableObject object = store.create(70_000)) {
      object.append(TestStores.data(1, 30_000));
      object.append(TestStores.data(2, 0));
      assertThrows(IllegalArgumentException.class, () -> object.append(TestStores.data(3, 40_001)));
      object.append(TestStores.data(3, 40_000));
      object.seal();
      assertThrows(IllegalStateException.class, () -> object.append(TestStores.data(2, 0)));
      try (ObjectView view = store.get(object.ref())) {
        assertTrue(view.isIntact());
        assertArrayEquals(
            TestStores.bytes(3, 40_000),
            view.segment().asSlice(30_000).toArray(ValueLayout.JAVA_BYTE));
      }
    }
  }

  @Test
  void whatIsWrittenInPlaceAfterAppendingIsInTheChecksumToo() {
    for (int appended : new int[] {50, 100}) {
      try (WritableObject object = store.create(100)) {
        object.append(TestStores.data(1, appended));
        object.segment().set(ValueLayout.JAVA_BYTE, 3, (byte) 99);
        object.seal();
        try (ObjectView view = store.get(object.ref())) {
          assertTrue(view.isIntact());
        }
      }
    }
  }

  @Test
  void anObjectThatIsClosedUnsealedVanishesAndItsSpaceReturns() {
    long used = store.stats().usedBytes();
    WritableObject object = store.create("n", 1000);
    object.close();
    object.close();
    assertThrows(NoSuchObjectException.class, () -> store.get(object.ref(), LONG));
    assertEquals(used, store.stats().usedBytes());
    store.put("n", TestStores.data(1, 5));
  }

  @Test
  void aDeletedRefIsNeverMistakenForItsSuccessor() {
    ObjectRef first = store.put(TestStores.data(1, 100));
    store.delete(first);
    ObjectRef second = store.put(TestStores.data(2, 100));
    assertEquals(SlotRef.slot(first), SlotRef.slot(second));
    assertNotEquals(first, second);
    assertFalse(store.contains(first));
    assertThrows(NoSuchObjectException.class, () -> store.get(first));
    assertThrows(NoSuchObjectException.class, () -> store.delete(first));
    assertThrows(NoSuchObjectException.class, () -> store.retain(first));
  }

  @Test
  void unknownRefsAreRefused() {
    for (long value : new long[] {1, 77, Long.MAX_VALUE, 1L << 20, (1L << 20) + 63}) {
      ObjectRef ref = new ObjectRef(value);
      assertThrows(NoSuchObjectException.class, () -> store.get(ref));
      assertThrows(NoSuchObjectException.class, () -> store.delete(ref));
      assertThrows(NoSuchObjectException.class, () -> store.release(ref));
      assertThrows(NoSuchObjectException.class, () -> store.get(ref, LONG));
    }
  }

  @Test
  void aRefSurvivesPrinting() {
    ObjectRef ref = store.put(TestStores.data(1, 1));
    assertEquals(ref, ObjectRef.parse(ref.toString()));
    for (String wrong : new String[] {"", "@", "@0", "12", "@xyz", "@-5", "@8000000000000000"}) {
      assertThrows(IllegalArgumentException.class, () -> ObjectRef.parse(wrong));
    }
  }

  @Test
  void aViewStaysValidAfterDeleteAndItsSpaceReturnsWithTheLastView() {
    ObjectRef ref = store.put("n", TestStores.data(1, 5000));
    ObjectView one = store.get(ref);
    ObjectView two = store.get("n");
    store.delete("n");
    assertFalse(store.contains("n"));
    store.put("n", TestStores.data(9, 5000));
    assertArrayEquals(TestStores.bytes(1, 5000), one.segment().toArray(ValueLayout.JAVA_BYTE));
    one.close();
    assertTrue(two.isIntact());
    long used = store.stats().usedBytes();
    two.close();
    assertEquals(used - 5056, store.stats().usedBytes());
  }

  @Test
  void namesAreChecked() {
    MemorySegment data = TestStores.data(1, 1);
    assertThrows(IllegalArgumentException.class, () -> store.put("", data));
    assertThrows(IllegalArgumentException.class, () -> store.put("@1", data));
    assertThrows(IllegalArgumentException.class, () -> store.put("é".repeat(61), data));
    ObjectRef ref = store.put("é".repeat(60), data);
    assertEquals(ref, store.find("é".repeat(60)));
    assertThrows(DuplicateNameException.class, () -> store.put("é".repeat(60), data));
    assertThrows(NoSuchObjectException.class, () -> store.find("é"));
  }

  @Test
  void theLastReferenceDeletes() {
    ObjectRef ref = store.put(TestStores.data(1, 10));
    assertEquals(2, store.retain(ref));
    assertEquals(1, store.release(ref));
    assertTrue(store.contains(ref));
    assertEquals(0, store.release(ref));
    assertFalse(store.contains(ref));
    assertEquals(0, store.stats().objects());
  }

  @Test
  void listsWhatThereIs() {
    ObjectRef a = store.put("a", TestStores.data(1, 10));
    ObjectRef b = store.put(TestStores.data(2, 20));
    try (WritableObject c = store.create("c", 30);
        ObjectView view = store.get(a)) {
      store.retain(view.ref());
      List<ObjectInfo> list = store.list();
      assertEquals(3, list.size());
      for (ObjectInfo info : list) {
        assertEquals(!info.ref().equals(c.ref()), info.sealed());
        assertEquals(info.ref().equals(a) ? 2 : 1, info.references());
        assertEquals(info.ref().equals(a) ? 1 : 0, info.pins());
        assertEquals(info.ref().equals(a) ? "a" : info.ref().equals(b) ? "" : "c", info.name());
      }
    }
  }

  @Test
  void aFullStoreSaysWhatIsFullAndStaysUsable() {
    assertThrows(StoreFullException.class, () -> store.put(TestStores.data(1, (1 << 20) + 1)));
    assertThrows(StoreFullException.class, () -> store.create(Long.MAX_VALUE));
    assertThrows(IllegalArgumentException.class, () -> store.create(-1));
    ObjectRef big = store.put(TestStores.data(1, 1 << 20));
    String bytes =
        assertThrows(StoreFullException.class, () -> store.put(TestStores.data(1, 1))).getMessage();
    assertTrue(bytes.contains("no room for 64 bytes"), bytes);
    store.delete(big);
    for (int i = 0; i < 64; i++) {
      store.put(TestStores.data(i, 0));
    }
    String objects =
        assertThrows(StoreFullException.class, () -> store.put(TestStores.data(1, 0))).getMessage();
    assertTrue(objects.contains("64 objects, its limit"), objects);
  }

  @Test
  void growsByStepsAndReusesWhatWasFreed() {
    assertEquals(0, store.stats().committedBytes());
    ObjectRef ref = store.put(TestStores.data(1, 100));
    assertEquals(64 << 10, store.stats().committedBytes());
    store.put(TestStores.data(1, 100_000));
    long committed = store.stats().committedBytes();
    assertEquals(128 << 10, committed);
    store.delete(ref);
    store.put(TestStores.data(2, 100));
    StoreStats stats = store.stats();
    assertEquals(committed, stats.committedBytes());
    assertEquals(stats.committedBytes(), stats.usedBytes() + stats.freeBytes());
  }

  @Test
  void aWaiterSleepsUntilTheObjectIsSealed() throws Exception {
    try (ExecutorService threads = Executors.newCachedThreadPool();
        WritableObject object = store.create("later", 8)) {
      CountDownLatch started = new CountDownLatch(2);
      Future<Long> byRef = threads.submit(() -> first(started, store.path(), object.ref(), null));
      Future<Long> byName = threads.submit(() -> first(started, store.path(), null, "later"));
      started.await();
      object.segment().set(ValueLayout.JAVA_LONG, 0, 42);
      object.seal();
      assertEquals(42, byRef.get());
      assertEquals(42, byName.get());
    }
  }

  private static long first(CountDownLatch started, Path path, ObjectRef ref, String name)
      throws InterruptedException {
    try (ObjectStore again = ObjectStore.open(path, TestStores.SMALL)) {
      started.countDown();
      try (ObjectView view = ref != null ? again.get(ref, LONG) : again.get(name, LONG)) {
        return view.segment().get(ValueLayout.JAVA_LONG, 0);
      }
    }
  }

  @Test
  void aWaitEndsWithItsTimeOrAnInterrupt() {
    Duration brief = Duration.ofMillis(5);
    assertThrows(StoreTimeoutException.class, () -> store.get("never", brief));
    try (WritableObject object = store.create(1)) {
      assertThrows(StoreTimeoutException.class, () -> store.get(object.ref(), brief));
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, () -> store.get(object.ref(), LONG));
    }
  }

  @Test
  void twoHandlesOfOneJvmShareOneMapping() {
    try (ObjectStore again = ObjectStore.open(path, StoreOptions.DEFAULT)) {
      assertSame(TestStores.tables(store), TestStores.tables(again));
      ObjectRef ref = store.put(TestStores.data(1, 10));
      store.close();
      assertArrayEquals(TestStores.bytes(1, 10), TestStores.read(again, ref));
      assertEquals(1, again.stats().processes());
      assertEquals(1 << 20, again.stats().capacityBytes());
    }
  }

  @Test
  void aClosedStoreRefusesAndItsViewsStayValid() {
    ObjectRef ref = store.put("n", TestStores.data(1, 10));
    ObjectView view = store.get(ref);
    WritableObject object = store.create("late", 10);
    store.close();
    store.close();
    assertThrows(IllegalStateException.class, () -> store.get(ref));
    assertThrows(IllegalStateException.class, () -> store.put(TestStores.data(1, 1)));
    assertThrows(IllegalStateException.class, store::stats);
    assertTrue(view.isIntact());
    object.seal();
    view.close();
    try (ObjectStore again = ObjectStore.open(path, TestStores.SMALL)) {
      assertArrayEquals(TestStores.bytes(1, 10), TestStores.read(again, ref));
      assertTrue(again.contains("late"));
      assertEquals(0, again.stats().pinned());
    }
  }

  @Test
  void evictionDeletesWhatWasReadLongestAgoAndSparesWhatIsRead() throws Exception {
    try (ObjectStore lru = ObjectStore.open(stores.path(), TestStores.SMALL.withEviction(true))) {
      List<ObjectRef> refs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        refs.add(lru.put(TestStores.data(i, 256 << 10)));
      }
      TestStores.read(lru, refs.get(0));
      try (ObjectView pinned = lru.get(refs.get(1))) {
        lru.put(TestStores.data(9, 256 << 10));
        assertFalse(lru.contains(refs.get(2)));
        assertTrue(pinned.isIntact());
      }
      lru.put(TestStores.data(10, 256 << 10));
      assertFalse(lru.contains(refs.get(3)));
      assertTrue(lru.contains(refs.get(0)));
      assertTrue(lru.contains(refs.get(1)));
      assertEquals(2, lru.stats().evictions());
    }
  }

  @Test
  void threadsPutGetAndDeleteAtTheSameTime() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int seed = t;
        done.add(
            threads.submit(() -> {
              for (int i = 0; i < 2000; i++) {
                int size = (i * 31 + seed * 7) % 9000;
                ObjectRef ref = store.put("t" + seed, TestStores.data(i, size));
                try (ObjectView view = store.get("t" + seed)) {
                  store.delete(ref);
                  assertTrue(view.isIntact());
                }
              }
            }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
    assertEquals(0, store.stats().objects());
    assertEquals(0, store.stats().usedBytes());
  }
}
