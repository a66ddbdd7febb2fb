package hak.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.access.TestStores;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A name passes from one object to another at one moment. */
class ReplaceTest {
  private final TestStores stores = new TestStores();
  private ObjectStore store;

  @BeforeEach
  void open() {
    store = ObjectStore.open(stores.path(), TestStores.SMALL);
  }

  @AfterEach
  void close() throws Exception {
    assertEquals(List.of(), store.verify().findings());
    store.close();
    stores.close();
  }

  @Test
  void theNewObjectHasTheNameAndViewsOfTheOldOneStay() {
    ObjectRef first = store.put("n", TestStores.data(1, 3000));
    try (ObjectView view = store.get("n")) {
      ObjectRef second = store.replace("n", TestStores.data(2, 500));
      assertEquals(second, store.find("n"));
      assertFalse(store.contains(first));
      assertArrayEquals(TestStores.bytes(2, 500), TestStores.read(store, second));
      assertArrayEquals(TestStores.bytes(1, 3000), view.segment().toArray(ValueLayout.JAVA_BYTE));
      try (ObjectView now = store.get("n")) {
        assertTrue(now.isIntact());
      }
    }
    assertEquals(1, store.stats().objects());
    assertEquals(512, store.stats().usedBytes());
    store.delete("n");
    assertEquals(List.of(), store.list());
  }

  @Test
  void aNameThatIsFreeIsTaken() throws Exception {
    ObjectRef ref = store.replace("n", TestStores.data(1, 10));
    assertEquals(ref, store.find("n"));
    assertThrows(DuplicateNameException.class, () -> store.put("n", TestStores.data(1, 1)));
    assertThrows(IllegalArgumentException.class, () -> store.replace("", TestStores.data(1, 1)));
  }

  @Test
  void aNameThatIsBeingWrittenIsNotTakenAway() {
    try (WritableObject object = store.create("n", 10)) {
      assertThrows(DuplicateNameException.class, () -> store.replace("n", TestStores.data(1, 5)));
      object.seal();
    }
    assertEquals(1, store.stats().objects());
    store.replace("n", TestStores.data(1, 5));
    assertEquals(1, store.stats().objects());
  }

  @Test
  void aFullStoreKeepsTheOldOne() {
    ObjectRef ref = store.put("n", TestStores.data(1, 600_000));
    assertThrows(StoreFullException.class, () -> store.replace("n", TestStores.data(2, 600_000)));
    assertArrayEquals(TestStores.bytes(1, 600_000), TestStores.read(store, ref));
    assertEquals(1, store.stats().objects());
  }

  @Test
  void aWaiterForTheNameIsWoken() throws Exception {
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Long> size =
          threads.submit(() -> {
            try (ObjectView view = store.get("n", Duration.ofSeconds(60))) {
              return view.sizeBytes();
            }
          });
      store.replace("n", TestStores.data(1, 77));
      assertEquals(77, size.get());
    }
  }

  @Test
  void atNoTimeIsThereNoneOrTwo() throws Exception {
    int rounds = 2000;
    store.put("n", TestStores.data(0, 100));
    AtomicInteger writing = new AtomicInteger(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 2; t++) {
        int seed = t;
        all.add(
            threads.submit(() -> {
              try {
                for (int i = 0; i < rounds; i++) {
                  store.replace("n", TestStores.data(i, 100 + 50 * seed + i % 7));
                }
              } finally {
                writing.decrementAndGet();
              }
              return null;
            }));
        all.add(
            threads.submit(() -> {
              while (writing.get() > 0) {
                try (ObjectView view = store.get("n")) {
                  assertTrue(view.isIntact());
                }
              }
              return null;
            }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertEquals(1, store.stats().objects());
    assertEquals(1, store.list().size());
  }
}
