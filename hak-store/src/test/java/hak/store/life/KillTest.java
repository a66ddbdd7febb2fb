package hak.store.life;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.NoSuchObjectException;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreStats;
import hak.store.StoreVerifier;
import hak.store.VerifyReport;
import hak.store.WritableObject;
import hak.store.access.TestStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several processes for real, some of them killed. */
class KillTest {
  private static final long SECOND = 1_000_000_000;
  private static final int SIGKILL = 128 + 9;

  private final TestStores stores = new TestStores();

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  @Test
  void aProcessThatEndsAtAStepHarmsNobody() throws Exception {
    for (CrashTest.Operation operation :
        List.of(CrashTest.Operation.PUT_THAT_GROWS_THE_FILE, CrashTest.Operation.DELETE)) {
      // All steps in one JVM are CrashTest's; a process is started for every fifth.
      boolean ended = false;
      for (int step = 1; !ended; step += 5) {
        Path path = stores.path();
        try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
          store.put("base", TestStores.data(1, 3000));
          try (Child child = Child.start("die", path.toString(), operation.name(), "" + step)) {
            ended = child.exitCode() == 0;
          }
          checkSound(store);
          assertTrue(store.contains("base") || operation == CrashTest.Operation.DELETE);
        }
      }
    }
  }

  private static void checkSound(ObjectStore store) {
    long start = System.nanoTime();
    ObjectRef own = store.put(TestStores.data(5, 500));
    StoreStats stats = store.stats();
    assertTrue(System.nanoTime() - start < SECOND, "survivors go on within 1 s");
    assertEquals(1, stats.processes());
    assertEquals(0, stats.pinned());
    assertArrayEquals(TestStores.bytes(5, 500), TestStores.read(store, own));
    store.delete(own);
    VerifyReport report = store.verify();
    assertEquals(List.of(), report.findings());
    assertEquals(report.objects(), store.stats().objects());
  }

  @Test
  void aSurvivorUnderLoadIsNeverHeldUpForASecond() throws Exception {
    Random random = new Random(11);
    Path path = stores.path();
    AtomicBoolean stop = new AtomicBoolean();
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL);
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Long> longest = threads.submit(() -> putAndDelete(store, stop));
      for (int kill = 0; kill < 10; kill++) {
        try (Child child = Child.start("load", path.toString(), "" + kill)) {
          assertEquals("ready", child.line());
          LockSupport.parkNanos(random.nextInt(30_000_000));
          child.kill();
          assertEquals(SIGKILL, child.exitCode());
        }
        // The room of a child's sealed objects is needed for the next one's.
        store.list().stream()
            .filter(info -> info.sealed() && info.name().isEmpty())
            .forEach(info -> store.delete(info.ref()));
      }
      stop.set(true);
      assertTrue(longest.get() < SECOND, () -> "held up for " + longest.resultNow() + " ns");
      assertEquals(List.of(), store.verify().findings());
    }
  }

  /** The longest call, in nanoseconds. */
  private static long putAndDelete(ObjectStore store, AtomicBoolean stop) {
    long longest = 0;
    while (!stop.get()) {
      long start = System.nanoTime();
      ObjectRef ref = store.put("mine", TestStores.data(1, 2000));
      longest = Math.max(longest, System.nanoTime() - start);
      assertArrayEquals(TestStores.bytes(1, 2000), TestStores.read(store, ref));
      store.delete(ref);
      longest = Math.max(longest, System.nanoTime() - start);
    }
    return longest;
  }

  @Test
  void anObjectSealedByAnotherProcessWakesTheReader() throws Exception {
    Path path = stores.path();
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL);
        Child producer = Child.start("seal", path.toString(), "n")) {
      ObjectRef ref = ObjectRef.parse(producer.line());
      assertFalse(store.contains(ref));
      try (Child reader = Child.start("read", path.toString(), ref.toString())) {
        producer.proceed();
        assertEquals("42", reader.line());
        try (ObjectView view = store.get("n", Duration.ofSeconds(60))) {
          assertEquals(8, view.sizeBytes());
        }
        store.delete(ref);
        assertEquals(1, store.stats().pinned(), "the other process still reads");
        reader.proceed();
        assertEquals(0, reader.exitCode());
        assertEquals(0, store.stats().objects());
      }
    }
  }

  @Test
  void aKilledReaderPinsNothingEvenWhileItIsAZombie() throws Exception {
    Path path = stores.path();
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL);
        WritableObject object = store.create(8);
        Child reader = Child.start("read", path.toString(), object.ref().toString())) {
      object.segment().fill((byte) 0);
      object.seal();
      assertEquals("0", reader.line());
      store.delete(object.ref());
      assertEquals(1, store.stats().pinned());
      reader.killOnly();
      long start = System.nanoTime();
      while (store.stats().pinned() > 0 && System.nanoTime() - start < SECOND) {
        Thread.onSpinWait();
      }
      assertEquals(0, store.stats().objects());
    }
  }

  @Test
  void aWaiterHearsThatTheProducerWasKilled() throws Exception {
    Path path = stores.path();
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL);
        Child producer = Child.start("seal", path.toString(), "n")) {
      ObjectRef ref = ObjectRef.parse(producer.line());
      producer.kill();
      long start = System.nanoTime();
      assertThrows(NoSuchObjectException.class, () -> store.get(ref, Duration.ofSeconds(60)));
      assertTrue(System.nanoTime() - start < SECOND);
      assertEquals(0, store.stats().objects());
    }
  }

  @Test
  void processesThatCreateTheSameStoreShareIt() throws Exception {
    Path path = stores.path();
    try (Child one = Child.start("create", path.toString());
        Child two = Child.start("create", path.toString())) {
      assertEquals(0, one.exitCode());
      assertEquals(0, two.exitCode());
    }
    assertEquals(List.of(), StoreVerifier.verify(path).findings());
  }
}
