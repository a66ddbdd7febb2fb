package hak.store.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.NoSuchObjectException;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Views and stores that are closed while another thread is in the midst of a call. */
class ClosedInUseTest {
  private static final int SIZE = 8 << 20;
  private static final int ROUNDS = 30;
  private static final StoreOptions LARGE =
      TestStores.SMALL.withCapacityBytes(4L * SIZE).withGrowthBytes(SIZE);

  private final TestStores stores = new TestStores();

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  /** What a call does that may find its object or store closed; how often it was not. */
  private static Future<?> start(ExecutorService threads, AtomicInteger done, Runnable call) {
    return threads.submit(() -> {
      while (true) {
        try {
          call.run();
          done.incrementAndGet();
        } catch (IllegalStateException e) {
          assertTrue(e.getMessage().contains("closed"), e.getMessage());
          return;
        }
      }
    });
  }

  private static void awaitFirst(AtomicInteger done) {
    while (done.get() == 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whatIsCopiedFromAClosedViewStaysUntilThen() throws Exception {
    MemorySegment data = TestStores.data(1, SIZE);
    MemorySegment other = TestStores.data(2, SIZE);
    try (ExecutorService threads = Executors.newSingleThreadExecutor();
        ObjectStore store = ObjectStore.open(stores.path(), LARGE);
        Arena arena = Arena.ofShared()) {
      MemorySegment copy = arena.allocate(SIZE);
      for (int round = 0; round < ROUNDS; round++) {
        ObjectRef ref = store.put(data);
        ObjectView view = store.get(ref);
        AtomicInteger done = new AtomicInteger();
        Future<?> copying = start(threads, done, () -> view.copyTo(copy));
        awaitFirst(done);
        view.close();
        store.delete(ref);
        store.delete(store.put(other)); // in the same place
        copying.get(); // a copy of what was overwritten would be called damaged
        assertEquals(0, store.stats().pinned());
        assertEquals(0, store.stats().objects());
      }
    }
  }

  @Test
  void aViewThatIsClosedRefusesAndIsLetGoOnce() {
    try (ObjectStore store = ObjectStore.open(stores.path(), LARGE)) {
      ObjectRef ref = store.put(TestStores.data(1, 100));
      ObjectView other = store.get(ref);
      ObjectView view = store.get(ref);
      view.close();
      assertThrows(IllegalStateException.class, view::metadata);
      assertThrows(IllegalStateException.class, view::isIntact);
      view.close();
      assertEquals(1, store.stats().pinned());
      other.close();
      assertEquals(0, store.stats().pinned());
    }
  }

  @Test
  void aStoreThatIsClosedGoesWhenNobodyReadsIt() throws Exception {
    MemorySegment data = TestStores.data(1, SIZE);
    try (ExecutorService threads = Executors.newSingleThreadExecutor();
        ObjectStore writer = ObjectStore.open(stores.path(), LARGE)) {
      ObjectRef ref = writer.put("n", data);
      for (int round = 0; round < ROUNDS; round++) {
        ObjectStore reader = ObjectStore.openReadOnly(writer.path());
        AtomicInteger done = new AtomicInteger();
        Future<?> reading =
            start(
                threads,
                done,
                () -> (done.get() % 2 == 0 ? reader.get(ref) : reader.get("n")).close());
        awaitFirst(done);
        reader.close();
        reading.get();
        reader.close();
      }
    }
    assertFalse(isMapped("hak-store-test-" + ProcessHandle.current().pid()));
  }

  @Test
  void whoLooksForWhatIsNotThereWhileItIsClosedIsToldSo() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
        ObjectStore store = ObjectStore.open(stores.path(), TestStores.SMALL);
        AtomicInteger done = new AtomicInteger();
        Future<?> looking = start(threads, done, () -> checkMissing(store));
        awaitFirst(done);
        store.close();
        looking.get();
      }
    }
  }

  private static void checkMissing(ObjectStore store) {
    try (ObjectView view = store.get("none")) {
      throw new AssertionError("there is " + view.ref());
    } catch (NoSuchObjectException e) {
      return;
    }
  }

  private static boolean isMapped(String name) throws IOException {
    return Files.readString(Path.of("/proc/self/maps")).contains(name);
  }
}
