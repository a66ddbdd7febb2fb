package hak.store.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The last user takes the mapping away, nobody before it and nobody twice. */
class UsersTest {
  private static final int THREADS = 4;

  @Test
  void theLastHandleTakesItAwayWhenThereIsNoUser() {
    Users users = new Users();
    assertTrue(users.addHandle());
    assertFalse(users.removeHandle());
    assertTrue(users.removeHandle());
    assertFalse(users.addHandle());
  }

  @Test
  void aUserThatEnteredBeforeTheCloseTakesItAway() throws Exception {
    Users users = new Users();
    assertTrue(users.enter());
    assertFalse(users.removeHandle());
    assertFalse(users.enter());
    assertFalse(users.leave(), "who was refused is not the last");
    List<Boolean> last = new ArrayList<>();
    Thread.ofPlatform().start(() -> last.add(users.leave())).join();
    assertEquals(List.of(true), last);
  }

  @Test
  void oneOfManyTakesItAway() throws Exception {
    for (int round = 0; round < 200; round++) {
      Users users = new Users();
      CountDownLatch started = new CountDownLatch(THREADS);
      try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
        List<Future<Integer>> gone = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          gone.add(
              threads.submit(() -> {
                started.countDown();
                int times = 0;
                boolean entered = true;
                while (entered) {
                  entered = users.enter();
                  times += users.leave() ? 1 : 0;
                }
                return times;
              }));
        }
        started.await();
        int times = users.removeHandle() ? 1 : 0;
        for (Future<Integer> each : gone) {
          times += each.get();
        }
        assertEquals(1, times);
      }
    }
  }

  @Test
  void aStoreThatIsClosedWhileThreadsReadIsUnmappedAfterTheLastOfThem() throws Exception {
    try (TestStores stores = new TestStores();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      Path path = stores.path();
      for (int round = 0; round < 30; round++) {
        ObjectStore store = ObjectStore.open(path, TestStores.SMALL);
        ObjectRef ref = store.put(TestStores.data(1, 100));
        CountDownLatch started = new CountDownLatch(THREADS);
        List<Future<?>> readers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          readers.add(
              threads.submit(() -> {
                started.countDown();
                assertThrows(
                    IllegalStateException.class,
                    () -> {
                      while (true) {
                        TestStores.read(store, ref);
                      }
                    });
              }));
        }
        started.await();
        store.close();
        for (Future<?> reader : readers) {
          reader.get();
        }
        try (ObjectStore again = ObjectStore.open(path, TestStores.SMALL)) {
          assertEquals(1, again.stats().processes());
          again.delete(ref);
        }
      }
    }
  }
}
