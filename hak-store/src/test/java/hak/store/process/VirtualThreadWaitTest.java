package hak.store.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreTimeoutException;
import hak.store.access.TestStores;
import hak.store.access.TestStores.SimulatedProcess;
import hak.store.file.StoreHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Virtual threads that wait leave their carriers to others. */
class VirtualThreadWaitTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  /** More than there are carriers. */
  private static final int MANY = 8 * Runtime.getRuntime().availableProcessors();

  /** How long the test waits for what would otherwise take a minute. */
  private static final int PATIENCE_SECONDS = 20;

  private final TestStores stores = new TestStores();

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  private static <T> T soon(Future<T> future) throws Exception {
    return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** As {@link #soon}; otherwise interrupts who still waits, so that the test ends. */
  private static <T> T soon(Future<T> future, ExecutorService threads) throws Exception {
    try {
      return soon(future);
    } catch (TimeoutException e) {
      threads.shutdownNow();
      throw e;
    }
  }

  private static long sizeOf(ObjectStore store, String name) throws InterruptedException {
    try (ObjectView view = store.get(name, LONG)) {
      return view.sizeBytes();
    }
  }

  @Test
  void whoWaitsForNamesDoesNotKeepTheProducerFromRunning() throws Exception {
    try (ObjectStore store = ObjectStore.open(stores.path(), TestStores.SMALL);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch started = new CountDownLatch(MANY);
      List<Future<Long>> sizes = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        String name = "name " + i % 3;
        sizes.add(
            threads.submit(() -> {
              started.countDown();
              return sizeOf(store, name);
            }));
      }
      Future<?> producer =
          threads.submit(() -> {
            started.await();
            for (int i = 0; i < 3; i++) {
              store.put("name " + i, TestStores.data(i, 100));
            }
            return null;
          });
      soon(producer, threads);
      for (Future<Long> size : sizes) {
        assertEquals(100, soon(size));
      }
    }
  }

  @Test
  void aThousandWaitForOneNameAndTheirRelayEnds() throws Exception {
    try (ObjectStore store = ObjectStore.open(stores.path(), TestStores.SMALL);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch started = new CountDownLatch(1000);
      List<Future<Long>> sizes = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        sizes.add(
            threads.submit(() -> {
              started.countDown();
              return sizeOf(store, "one");
            }));
      }
      started.await();
      store.put("one", TestStores.data(1, 10));
      for (Future<Long> size : sizes) {
        assertEquals(10, soon(size));
      }
      long start = System.nanoTime();
      while (relays() > 0) {
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
        Thread.onSpinWait();
      }
    }
  }

  private static long relays() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("hak-store-relay"))
        .count();
  }

  @Test
  void aWaitEndsWithItsTimeOrAnInterruptAndTheMappingGoesWithTheStore() throws Exception {
    ObjectStore store = ObjectStore.open(stores.path(), TestStores.SMALL);
    assertThrows(
        StoreTimeoutException.class,
        () -> inVirtualThread(() -> store.get("never", Duration.ofMillis(30))));
    FutureTask<ObjectView> wait = new FutureTask<>(() -> store.get("never", LONG));
    Thread waiting = Thread.ofVirtual().start(wait);
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    waiting.interrupt();
    ExecutionException failed = assertThrows(ExecutionException.class, () -> soon(wait));
    assertEquals(InterruptedException.class, failed.getCause().getClass());
    store.close();
    try (ObjectStore again = ObjectStore.open(store.path(), TestStores.SMALL)) {
      assertEquals(1, again.stats().processes(), "no relay keeps the mapping");
    }
  }

  private static <T> T inVirtualThread(Callable<T> action) throws Throwable {
    FutureTask<T> task = new FutureTask<>(action);
    Thread.ofVirtual().start(task);
    try {
      return soon(task);
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  @Test
  void whoWaitsForTheLocksOfStoresLeavesTheCarriersToOthers() throws Exception {
    List<ObjectStore> open = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> puts = new ArrayList<>();
      CountDownLatch started = new CountDownLatch(MANY);
      for (int i = 0; i < MANY; i++) {
        ObjectStore store =
            TestStores.openAs(
                stores.path(), TestStores.SMALL.withLockTimeout(LONG), new SimulatedProcess());
        open.add(store);
        keepLock(store, Identity.ofThisProcess().self());
        puts.add(
            threads.submit(() -> {
              started.countDown();
              return store.put("n", TestStores.data(1, 10));
            }));
      }
      Future<?> holder =
          threads.submit(() -> {
            started.await();
            open.forEach(store -> keepLock(store, 0));
            return null;
          });
      try {
        soon(holder);
      } finally {
        open.forEach(store -> keepLock(store, 0));
      }
      for (Future<?> put : puts) {
        soon(put);
      }
    } finally {
      open.forEach(ObjectStore::close);
    }
  }

  private static void keepLock(ObjectStore store, long holder) {
    TestStores.tables(store).region().putLongVolatile(StoreHeader.LOCK, holder);
  }
}
