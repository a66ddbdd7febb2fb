package hak.store.life;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreOptions;
import hak.store.StoreTimeoutException;
import hak.store.access.TestStores;
import hak.store.access.TestStores.SimulatedProcess;
import hak.store.file.CrashPoint;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Growth beside others, and what becomes of calls that cannot get the lock in time. */
class GrowthTest {
  private static final Duration BRIEF = Duration.ofMillis(100);

  private final TestStores stores = new TestStores();

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  @Test
  void othersGoOnWhileOneGrowsTheFile() throws Exception {
    Path path = stores.path();
    StoreOptions options = TestStores.SMALL.withLockTimeout(BRIEF);
    CountDownLatch growing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicReference<Region> region = new AtomicReference<>();
    CrashPoint inGrowth =
        () -> {
          Region mapped = region.get();
          if (mapped != null && mapped.getLongVolatile(StoreHeader.LOCK) == 0) {
            growing.countDown();
            await(goOn);
          }
        };
    try (ObjectStore other = TestStores.openAs(path, options, new SimulatedProcess());
        ObjectStore grower = TestStores.openAs(path, options, inGrowth);
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      other.put("first", TestStores.data(1, 100));
      region.set(TestStores.tables(grower).region());
      Future<ObjectRef> large =
          threads.submit(() -> grower.put("large", TestStores.data(2, 500_000)));
      growing.await();
      for (int i = 0; i < 100; i++) {
        other.put("small", TestStores.data(3, 100));
        other.delete("small");
      }
      assertFalse(large.isDone());
      region.set(null);
      goOn.countDown();
      assertArrayEquals(TestStores.bytes(2, 500_000), TestStores.read(other, large.get()));
      assertEquals(0, other.verify().findings().size());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void theFileGrowsInPieces() {
    StoreOptions options = TestStores.SMALL.withCapacityBytes(256 << 20).withGrowthBytes(256 << 20);
    long[] longest = new long[2];
    AtomicReference<Region> region = new AtomicReference<>();
    CrashPoint watch =
        () -> {
          if (region.get() != null) {
            long committed = region.get().getLongVolatile(StoreHeader.COMMITTED);
            longest[1] = Math.max(longest[1], committed - longest[0]);
            longest[0] = committed;
          }
        };
    try (ObjectStore store = TestStores.openAs(stores.path(), options, watch)) {
      region.set(TestStores.tables(store).region());
      store.create(150 << 20).close();
      assertEquals(192L << 20, store.stats().committedBytes());
      assertEquals(64L << 20, longest[1]);
    }
  }

  @Test
  void aLockThatAThreadOfThisProcessKeepsIsReportedInTime() throws Exception {
    StoreOptions options = TestStores.SMALL.withLockTimeout(BRIEF);
    try (ObjectStore store = ObjectStore.open(stores.path(), options);
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      TestStores.lock(store).lock();
      long start = System.nanoTime();
      Future<ObjectRef> put = threads.submit(() -> store.put("n", TestStores.data(1, 10)));
      ExecutionException e = assertThrows(ExecutionException.class, put::get);
      assertInstanceOf(StoreTimeoutException.class, e.getCause());
      long took = System.nanoTime() - start;
      assertTrue(took >= BRIEF.toNanos() && took < 20 * BRIEF.toNanos(), () -> took + " ns");
      Future<Boolean> interrupted =
          threads.submit(() -> {
            Thread.currentThread().interrupt();
            assertThrows(StoreTimeoutException.class, () -> store.put("n", TestStores.data(1, 10)));
            return Thread.interrupted();
          });
      assertTrue(interrupted.get(), "an interrupt does not end the wait, and is kept");
      TestStores.lock(store).unlock();
      store.put("n", TestStores.data(1, 10));
    }
  }

  @Test
  void aLockTimeoutMayBeForEver() {
    StoreOptions options = TestStores.SMALL.withLockTimeout(Duration.ofSeconds(Long.MAX_VALUE));
    try (ObjectStore store = ObjectStore.open(stores.path(), options)) {
      store.put("n", TestStores.data(1, 10));
    }
  }

  @Test
  void aDeleteThatWorkedDoesNotThrowAndItsSpaceReturns() throws Exception {
    StoreOptions options = TestStores.SMALL.withLockTimeout(BRIEF);
    try (ObjectStore store = ObjectStore.open(stores.path(), options);
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      store.put("deleted", TestStores.data(1, 1000));
      ObjectRef viewed = store.put("viewed", TestStores.data(2, 1000));
      ObjectView view = store.get(viewed);
      TestStores.lock(store).lock();
      threads
          .submit(() -> {
            store.delete("deleted");
            store.delete(viewed);
            view.close();
          })
          .get();
      TestStores.lock(store).unlock();
      assertFalse(store.contains("deleted"));
      assertFalse(store.contains(viewed));
      assertEquals(0, store.stats().objects());
      assertEquals(0, store.stats().usedBytes());
      store.put("deleted", TestStores.data(1, 1000));
    }
  }
}
