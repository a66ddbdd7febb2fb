package hak.store.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.StoreOptions;
import hak.store.StoreTimeoutException;
import hak.store.access.TestStores;
import hak.store.access.TestStores.SimulatedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.jfr.Event;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Flight Recorder hears of a store. */
class StoreEventsTest {
  private static final int MIB = 1 << 20;

  private final TestStores stores = new TestStores();
  private final Path path = stores.path();
  private final Recording recording = new Recording();

  @BeforeEach
  void start() {
    recording.start();
  }

  @AfterEach
  void clean() throws Exception {
    recording.close();
    stores.close();
  }

  /** The events of that kind until now, all of this store. */
  private List<RecordedEvent> events(Class<? extends Event> kind) throws IOException {
    if (recording.getState() == RecordingState.RUNNING) {
      recording.stop();
    }
    Path file = Files.createTempFile("hak-events", ".jfr");
    try {
      recording.dump(file);
      List<RecordedEvent> events =
          RecordingFile.readAllEvents(file).stream()
              .filter(event -> event.getEventType().getName().equals(kind.getName()))
              .toList();
      events.forEach(event -> assertEquals(path.toString(), event.getString("store")));
      return events;
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void growthSaysWhatItIsOf() throws Exception {
    StoreOptions options = StoreOptions.DEFAULT.withGrowthBytes(MIB);
    try (ObjectStore store = ObjectStore.open(path, options)) {
      store.delete(store.put("n", TestStores.data(1, 3 * MIB)));
      store.trim();
      store.put("n", TestStores.data(1, 2 * MIB));
      for (int i = 0; i < 1100; i++) {
        store.put(TestStores.data(1, 0));
      }
    }
    List<RecordedEvent> growths = events(GrowthEvent.class);
    assertEquals(3 * MIB, bytes(growths, "length"));
    assertEquals(2 * MIB, bytes(growths, "memory"));
    assertTrue(bytes(growths, "rows") > 0);
  }

  private static long bytes(List<RecordedEvent> growths, String kind) {
    return growths.stream()
        .filter(event -> event.getString("kind").equals(kind))
        .mapToLong(event -> event.getLong("bytes"))
        .sum();
  }

  @Test
  void anEvictionSaysHowMuchItDeleted() throws Exception {
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL.withEviction(true))) {
      for (int i = 0; i < 8; i++) {
        store.put("object " + i, TestStores.data(i, MIB / 8));
      }
      store.put("large", TestStores.data(9, MIB / 4));
      assertEquals(2, store.stats().evictions());
    }
    List<RecordedEvent> evictions = events(EvictionEvent.class);
    assertEquals(2, evictions.stream().mapToInt(event -> event.getInt("objects")).sum());
    assertEquals(MIB / 4, evictions.stream().mapToLong(event -> event.getLong("bytes")).sum());
  }

  @Test
  void memoryGivenBackAndObjectsMovedAreCounted() throws Exception {
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      ObjectRef gone = store.put("gone", TestStores.data(1, 100 * 1024));
      store.put("stays", TestStores.data(2, 50 * 1024));
      store.delete(gone);
      long moved = store.compact();
      assertTrue(moved > 0);
      long free = store.stats().freeBytes();
      store.trim();
      assertEquals(moved, sum(events(CompactionEvent.class)));
      assertEquals(free, sum(events(PurgeEvent.class)));
    }
  }

  private static long sum(List<RecordedEvent> events) {
    return events.stream().mapToLong(event -> event.getLong("bytes")).sum();
  }

  @Test
  void aRebuildAfterADeathIsOne() throws Exception {
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      SimulatedProcess other = new SimulatedProcess();
      TestStores.openAs(path, TestStores.SMALL, other).put(TestStores.data(1, 100));
      other.die();
      assertEquals(1, store.stats().processes());
    }
    assertEquals(1, events(RebuildEvent.class).size(), "a new store is no rebuild");
  }

  @Test
  void aWaitForAnObjectSaysWhetherItCame() throws Exception {
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      assertThrows(StoreTimeoutException.class, () -> store.get("none", Duration.ofMillis(2)));
      store.put("there", TestStores.data(1, 1));
      store.get("there", Duration.ofMillis(1)).close();
    }
    List<RecordedEvent> waits = events(ObjectWait.class);
    assertEquals(1, waits.size(), "who finds it at once does not wait");
    assertEquals("named none", waits.getFirst().getString("object"));
    assertFalse(waits.getFirst().getBoolean("found"));
    assertTrue(waits.getFirst().getDuration().compareTo(Duration.ofMillis(2)) >= 0);
  }

  @Test
  void aWaitForTheLockSaysWhoHadIt() throws Exception {
    try (ObjectStore one = ObjectStore.open(path, TestStores.SMALL);
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      ObjectStore two = TestStores.openAs(path, TestStores.SMALL, new SimulatedProcess());
      TestStores.lock(one).lock();
      Future<ObjectRef> ofThisProcess;
      Future<ObjectRef> ofAnother;
      try {
        ofThisProcess = threads.submit(() -> one.put("a", TestStores.data(1, 1)));
        ofAnother = threads.submit(() -> two.put("b", TestStores.data(1, 1)));
        while (one.processes().stream().filter(process -> process.waits() > 0).count() < 2) {
          Thread.onSpinWait();
        }
      } finally {
        TestStores.lock(one).unlock();
      }
      ofThisProcess.get();
      ofAnother.get();
      two.close();
    }
    List<RecordedEvent> waits = events(LockWait.class);
    int self = (int) ProcessHandle.current().pid();
    for (int holder : new int[] {0, self}) {
      assertTrue(
          waits.stream()
              .anyMatch(event ->
                  event.getInt("holder") == holder
                      && event.getString("lock").equals("bookkeeping")),
          () -> holder + " in " + waits);
    }
  }
}
