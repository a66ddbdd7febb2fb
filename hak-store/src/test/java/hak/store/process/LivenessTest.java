package hak.store.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.os.FileLocks;
import hak.store.NoSuchObjectException;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.StoreFullException;
import hak.store.StoreOptions;
import hak.store.StoreTimeoutException;
import hak.store.access.TestStores;
import hak.store.access.TestStores.SimulatedProcess;
import hak.store.file.StoreHeader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who lives is told by the lock on an entry, and by nothing else where there are locks. */
class LivenessTest {
  private static final StoreOptions ONE = TestStores.SMALL.withProcessLimit(1);

  private final TestStores stores = new TestStores();
  private final Path path = stores.path();

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  @Test
  void eachOpeningOfAFileHasALockOfItsOwn() {
    try (ObjectStore one = ObjectStore.open(path, TestStores.SMALL)) {
      SimulatedProcess second = new SimulatedProcess();
      ObjectStore two = TestStores.openAs(path, TestStores.SMALL, second);
      ProcessTable processes = TestStores.tables(one).processes();
      assertNotEquals(processes.self(), TestStores.tables(two).processes().self());
      assertFalse(processes.isDead(0));
      assertFalse(processes.isDead(1));
      second.die();
      assertTrue(processes.isDead(1), "its opening ended, though its process lives");
      assertEquals(1, one.stats().processes());
    }
  }

  @Test
  void anEntryThatIsLockedIsThatOfTheLivingWhateverItSays() throws Exception {
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      ProcessTable processes = TestStores.tables(store).processes();
      long entry = processesOffset() + 3 * StoreHeader.PROCESS_ENTRY_BYTES;
      try (FileLocks stranger = FileLocks.open(path.toString())) {
        assertTrue(stranger.tryLock(entry, StoreHeader.PROCESS_ENTRY_BYTES));
        TestStores.tables(store).region().putLongVolatile(entry, Identity.held(1));
        TestStores.tables(store).region().putLongVolatile(entry + 8, -1);
        assertFalse(processes.isDead(3));
        assertEquals(2, store.stats().processes());
      }
      assertTrue(processes.isDead(3));
      assertEquals(1, store.stats().processes());
    }
  }

  private static long processesOffset() {
    return StoreHeader.of(TestStores.SMALL, 0).processesOffset();
  }

  @Test
  void aProgramThatWasStartedDoesNotKeepItsParentAlive() throws Exception {
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      SimulatedProcess parent = new SimulatedProcess();
      TestStores.openAs(path, TestStores.SMALL, parent);
      Process program = new ProcessBuilder("sleep", "60").start();
      try {
        parent.die();
        assertTrue(TestStores.tables(store).processes().isDead(1));
        assertTrue(program.isAlive());
      } finally {
        program.destroyForcibly();
      }
    }
  }

  @Test
  void anEntryIsNotTakenWhileSomebodyHasItsLock() throws Exception {
    ObjectStore.open(path, TestStores.SMALL).close();
    try (FileLocks leaving = FileLocks.open(path.toString())) {
      assertTrue(leaving.tryLock(processesOffset(), StoreHeader.PROCESS_ENTRY_BYTES));
      try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
        assertFalse(TestStores.tables(store).processes().isTaken(0));
        assertTrue(TestStores.tables(store).processes().isTaken(1));
      }
    }
  }

  @Test
  void whoFindsAllEntriesTakenFreesThoseOfTheDead() {
    SimulatedProcess first = new SimulatedProcess();
    TestStores.openAs(path, ONE, first).put(TestStores.data(1, 100));
    assertThrows(
        StoreFullException.class, () -> TestStores.openAs(path, ONE, new SimulatedProcess()));
    first.die();
    try (ObjectStore store = TestStores.openAs(path, ONE, new SimulatedProcess())) {
      assertEquals(1, store.stats().objects());
    }
  }

  @Test
  void ofManyWhoFindAllEntriesTakenOneGetsTheEntryOfTheDead() throws Exception {
    int count = 4;
    SimulatedProcess first = new SimulatedProcess();
    TestStores.openAs(path, ONE, first);
    first.die();
    CountDownLatch ready = new CountDownLatch(count);
    List<Future<ObjectStore>> opened = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      for (int i = 0; i < count; i++) {
        opened.add(
            threads.submit(() -> {
              ready.countDown();
              ready.await();
              try {
                return TestStores.openAs(path, ONE, new SimulatedProcess());
              } catch (StoreFullException e) {
                return null;
              }
            }));
      }
    }
    List<ObjectStore> open = new ArrayList<>();
    for (Future<ObjectStore> each : opened) {
      if (each.get() != null) {
        open.add(each.get());
      }
    }
    assertEquals(1, open.size());
    open.getFirst().close();
  }

  @Test
  void theLockOfADeadGuestIsTakenOverAndThatOfALivingOneIsNot() throws Exception {
    StoreOptions impatient = TestStores.SMALL.withLockTimeout(Duration.ofMillis(50));
    try (ObjectStore store = TestStores.openAs(path, impatient, new SimulatedProcess())) {
      try (FileLocks guest = FileLocks.open(path.toString())) {
        assertTrue(guest.tryLock(StoreHeader.LOCK, Long.BYTES));
        TestStores.tables(store).region().putLongVolatile(StoreHeader.LOCK, Identity.held(7));
        String message =
            assertThrows(StoreTimeoutException.class, () -> store.put(TestStores.data(1, 1)))
                .getMessage();
        assertTrue(message.contains("process 7"), message);
      }
      store.put(TestStores.data(1, 1));
    }
  }

  @Test
  void withoutLocksTheDeadAreToldByTheirIdentity() {
    try (ObjectStore survivor =
        TestStores.openWithoutLocks(path, TestStores.SMALL, new SimulatedProcess())) {
      SimulatedProcess victim = new SimulatedProcess();
      ObjectRef ref =
          TestStores.openWithoutLocks(path, TestStores.SMALL, victim).create("n", 10).ref();
      assertFalse(Identity.isHeld(TestStores.tables(survivor).processes().self()));
      victim.die();
      assertThrows(NoSuchObjectException.class, () -> survivor.get(ref, Duration.ofSeconds(30)));
      assertEquals(1, survivor.stats().processes());
    }
  }

  @Test
  void whoHasLocksSeesWhoHasNone() {
    SimulatedProcess plain = new SimulatedProcess();
    ObjectStore withoutLocks = TestStores.openWithoutLocks(path, TestStores.SMALL, plain);
    try (ObjectStore store = TestStores.openAs(path, TestStores.SMALL, new SimulatedProcess())) {
      withoutLocks.put(TestStores.data(1, 100));
      assertEquals(2, store.stats().processes());
      plain.die();
      assertEquals(1, store.stats().processes());
      assertEquals(1, store.stats().objects());
    }
  }
}
