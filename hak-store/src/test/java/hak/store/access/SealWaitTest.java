package hak.store.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreTimeoutException;
import hak.store.WritableObject;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a wait for an object takes. */
class SealWaitTest {
  private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

  private final TestStores stores = new TestStores();

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  @Test
  void aWaitWithoutEndEndsWhenTheObjectIsSealed() throws Exception {
    try (ObjectStore store = ObjectStore.open(stores.path(), TestStores.SMALL);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        WritableObject object = store.create(77)) {
      Future<Long> byName = threads.submit(() -> size(store.get("n", FOR_EVER)));
      ObjectRef ref = object.ref();
      Future<Long> byRef = threads.submit(() -> size(store.get(ref, FOR_EVER)));
      while (store.processes().getFirst().waits() < 2) {
        Thread.onSpinWait();
      }
      object.seal();
      store.put("n", TestStores.data(1, 5));
      assertEquals(5, byName.get());
      assertEquals(77, byRef.get());
    }
  }

  private static long size(ObjectView opened) {
    try (ObjectView view = opened) {
      return view.sizeBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void aWaitOfNoTimeLooksOnce(long seconds) throws Exception {
    Duration none = Duration.ofSeconds(seconds);
    try (ObjectStore store = ObjectStore.open(stores.path(), TestStores.SMALL)) {
      assertThrows(StoreTimeoutException.class, () -> store.get("n", none));
      store.put("n", TestStores.data(1, 5));
      assertEquals(5, size(store.get("n", none)));
      assertEquals(0, store.processes().getFirst().waits());
    }
  }
}
