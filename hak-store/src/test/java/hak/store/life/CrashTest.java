package hak.store.life;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.NoSuchObjectException;
import hak.store.ObjectInfo;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreOptions;
import hak.store.StoreStats;
import hak.store.StoreTimeoutException;
import hak.store.StoreVerifier;
import hak.store.WritableObject;
import hak.store.access.TestStores;
import hak.store.access.TestStores.Killed;
import hak.store.access.TestStores.SimulatedProcess;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.process.Identity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ends a simulated process at each step of each operation, in this JVM: what it had mapped is
 * unmapped at that moment, so no handler of an exception can tidy up for it. KillTest does the same
 * to processes.
 */
class CrashTest {
  private static final byte[] BASE = TestStores.bytes(1, 3000);
  private static final byte[] NEW = TestStores.bytes(2, 4000);
  private static final int NEW_UNITS = 4032;

  private final TestStores stores = new TestStores();

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  /** What the victim does; the object "base" exists, the object "new" may. */
  enum Operation {
    PUT {
      @Override
      void run(ObjectStore store) {
        store.put("new", TestStores.data(2, NEW.length));
      }
    },
    CREATE_AND_SEAL {
      @Override
      void run(ObjectStore store) {
        WritableObject object = store.create("new", NEW.length);
        object.segment().copyFrom(TestStores.data(2, NEW.length));
        object.seal();
      }
    },
    CREATE_AND_GIVE_UP {
      @Override
      void run(ObjectStore store) {
        store.create("new", NEW.length).close();
      }
    },
    DELETE {
      @Override
      void run(ObjectStore store) {
        store.delete("base");
      }
    },
    DELETE_WHILE_READING {
      @Override
      void run(ObjectStore store) {
        ObjectView view = store.get("base");
        store.delete("base");
        view.close();
      }
    },
    RELEASE_THE_LAST_REFERENCE {
      @Override
      void run(ObjectStore store) {
        store.release(store.find("base"));
      }
    },
    PUT_THAT_GROWS_THE_FILE {
      @Override
      void run(ObjectStore store) {
        store.put("new", TestStores.data(2, NEW.length));
        store.put("grown", TestStores.data(3, 200_000));
      }
    },
    PUT_AGAIN_AND_AGAIN {
      @Override
      void run(ObjectStore store) {
        // From the third on slots are taken in batches.
        for (int i = 0; i < 6; i++) {
          store.put(TestStores.data(2, NEW.length));
        }
      }
    },
    PUT_INTO_KEPT_SPACE {
      @Override
      void run(ObjectStore store) {
        store.delete(store.put(TestStores.data(2, NEW.length)));
        store.put(TestStores.data(2, NEW.length));
      }
    },
    PUT_BESIDE_KEPT_SPACE {
      @Override
      void run(ObjectStore store) {
        store.delete(store.put(TestStores.data(2, NEW.length)));
        store.put("grown", TestStores.data(3, 200_000));
      }
    },
    PUT_INTO_SPACE_WITHOUT_MEMORY {
      @Override
      void run(ObjectStore store) {
        store.put("grown", TestStores.data(3, 200_000));
        store.delete("grown");
        store.trim();
        store.put("grown", TestStores.data(3, 200_000));
      }
    },
    REPLACE {
      @Override
      void run(ObjectStore store) {
        store.replace("base", TestStores.data(2, NEW.length));
      }
    },
    PUT_THAT_EVICTS {
      @Override
      void run(ObjectStore store) {
        store.put("grown", TestStores.data(3, (1 << 20) - 2048));
      }
    };

    abstract void run(ObjectStore store);
  }

  @ParameterizedTest
  @EnumSource
  void aDeathAtAnyStepHarmsNobody(Operation operation) throws Exception {
    Map<Operation, Integer> steps = new EnumMap<>(Operation.class);
    boolean killed = true;
    for (int step = 1; killed; step++) {
      Path path = stores.path();
      killed = dieAt(path, operation, step);
      assertEquals(List.of(), StoreVerifier.verify(path).findings());
      steps.put(operation, step - 1);
    }
    assertTrue(steps.get(operation) >= 5, steps::toString);
  }

  /** False when the operation came to its end before that step. */
  private boolean dieAt(Path path, Operation operation, int step) throws Exception {
    StoreOptions options = TestStores.SMALL.withEviction(operation == Operation.PUT_THAT_EVICTS);
    try (ObjectStore survivor = TestStores.openAs(path, options, new SimulatedProcess())) {
      survivor.put("base", TestStores.data(1, BASE.length));
      SimulatedProcess victim = new SimulatedProcess();
      ObjectStore lost = TestStores.openAs(path, options, victim);
      victim.dieAfter(step);
      try {
        operation.run(lost);
        victim.die();
      } catch (Killed | IllegalStateException e) {
        assertTrue(victim.isDead());
        checkSurvivor(survivor, operation);
        return true;
      }
      checkSurvivor(survivor, operation);
      return false;
    }
  }

  private static void checkSurvivor(ObjectStore survivor, Operation operation) throws Exception {
    long start = System.nanoTime();
    ObjectRef own = survivor.put("own", TestStores.data(4, 100));
    StoreStats stats = survivor.stats();
    assertTrue(System.nanoTime() - start < 1_000_000_000L, "survivors go on within 1 s");
    assertArrayEquals(TestStores.bytes(4, 100), TestStores.read(survivor, own));
    assertEquals(1, stats.processes());
    assertEquals(0, stats.pinned());

    boolean baseMayBeGone = operation.name().contains("DELETE") || operation.name().contains("REL");
    long used = 128;
    int objects = 1;
    if (survivor.contains("base")) {
      byte[] base = TestStores.read(survivor, survivor.find("base"));
      boolean isNew = operation == Operation.REPLACE && base.length == NEW.length;
      assertArrayEquals(isNew ? NEW : BASE, base);
      used += isNew ? NEW_UNITS : 3008;
      objects++;
    } else {
      assertTrue(baseMayBeGone || operation == Operation.PUT_THAT_EVICTS);
    }
    if (survivor.contains("new")) {
      assertArrayEquals(NEW, TestStores.read(survivor, survivor.find("new")));
      used += NEW_UNITS;
      objects++;
    }
    if (survivor.contains("grown")) {
      try (ObjectView view = survivor.get("grown")) {
        assertTrue(view.isIntact());
        used += (view.sizeBytes() + 63) / 64 * 64;
        objects++;
      }
    }
    for (ObjectInfo nameless : survivor.list()) {
      if (nameless.name().isEmpty() && !nameless.ref().equals(own)) {
        assertArrayEquals(NEW, TestStores.read(survivor, nameless.ref()));
        used += NEW_UNITS;
        objects++;
      }
    }
    assertEquals(used, stats.usedBytes());
    assertEquals(objects, stats.objects());
    assertEquals(stats.committedBytes(), stats.usedBytes() + stats.freeBytes());
    assertEquals(List.of(), survivor.verify().findings());
  }

  @Test
  void recoveriesAreCounted() throws Exception {
    Path path = stores.path();
    try (ObjectStore survivor = TestStores.openAs(path, TestStores.SMALL, new SimulatedProcess())) {
      survivor.put("base", TestStores.data(1, BASE.length));
      assertEquals(0, survivor.stats().recoveries());
      SimulatedProcess victim = new SimulatedProcess();
      TestStores.openAs(path, TestStores.SMALL, victim).create("new", NEW.length);
      victim.die();
      assertEquals(1, survivor.stats().recoveries());
      assertEquals(1, survivor.stats().recoveries());
    }
  }

  @Test
  void aDeathDuringTheRebuildIsRecoveredToo() throws Exception {
    boolean killed = true;
    for (int step = 1; killed; step++) {
      Path path = stores.path();
      ObjectStore producer = TestStores.openAs(path, TestStores.SMALL, new SimulatedProcess());
      SimulatedProcess first = new SimulatedProcess();
      ObjectStore torn = TestStores.openAs(path, TestStores.SMALL, first);
      producer.put("base", TestStores.data(1, BASE.length));
      torn.create("new", NEW.length);
      first.die();
      SimulatedProcess second = new SimulatedProcess();
      ObjectStore heir = TestStores.openAs(path, TestStores.SMALL, new SimulatedProcess());
      heir.close();
      ObjectStore rebuilder;
      second.dieAfter(step);
      try {
        rebuilder = TestStores.openAs(path, TestStores.SMALL, second);
        rebuilder.stats();
        second.die();
        killed = false;
      } catch (Killed | IllegalStateException e) {
        assertTrue(second.isDead());
      }
      checkSurvivor(producer, Operation.PUT);
      producer.close();
    }
  }

  @Test
  void aDeadReadersPinsAreReaped() throws Exception {
    Path path = stores.path();
    try (ObjectStore survivor = TestStores.openAs(path, TestStores.SMALL, new SimulatedProcess())) {
      ObjectRef ref = survivor.put(TestStores.data(1, 1000));
      SimulatedProcess reader = new SimulatedProcess();
      TestStores.openAs(path, TestStores.SMALL, reader).get(ref);
      survivor.delete(ref);
      assertEquals(1, survivor.stats().pinned());
      assertEquals(1024, survivor.stats().usedBytes());
      reader.die();
      assertEquals(0, survivor.stats().pinned());
      assertEquals(0, survivor.stats().usedBytes());
    }
  }

  @Test
  void aWaiterHearsThatTheProducerDied() throws Exception {
    Path path = stores.path();
    try (ObjectStore survivor = TestStores.openAs(path, TestStores.SMALL, new SimulatedProcess())) {
      SimulatedProcess producer = new SimulatedProcess();
      ObjectRef ref = TestStores.openAs(path, TestStores.SMALL, producer).create("n", 10).ref();
      Thread killer = Thread.ofPlatform().start(producer::die);
      assertThrows(NoSuchObjectException.class, () -> survivor.get(ref, Duration.ofSeconds(30)));
      killer.join();
      survivor.put("n", TestStores.data(1, 1));
    }
  }

  @Test
  void aProcessIdThatIsUsedAgainIsNotTakenForTheDeadOwner() {
    Identity identity = Identity.ofThisProcess();
    long self = identity.self();
    assertTrue(identity.isAlive(self));
    long reused = self - (1L << Identity.PID_BITS);
    assertEquals(Identity.pid(self), Identity.pid(reused));
    assertFalse(identity.isAlive(reused));
    assertFalse(identity.isAlive(self, identity.habitat() ^ (1L << 40)));
    assertTrue(identity.isForeign(identity.habitat() ^ 1));
  }

  @Test
  void aLockLeftByAReusedProcessIdIsTakenOver() throws Exception {
    Path path = stores.path();
    try (ObjectStore store = TestStores.openAs(path, TestStores.SMALL, new SimulatedProcess())) {
      long dead = Identity.ofThisProcess().self() - (1L << Identity.PID_BITS);
      TestStores.tables(store).region().putLongVolatile(StoreHeader.LOCK, dead);
      List<Long> took = new ArrayList<>();
      long start = System.nanoTime();
      store.put(TestStores.data(1, 1));
      took.add(System.nanoTime() - start);
      assertTrue(took.getFirst() < 1_000_000_000L);
    }
  }

  @Test
  void anInterruptedThreadTakesOverFromTheDeadToo() throws Exception {
    Path path = stores.path();
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      Region region = TestStores.tables(store).region();
      // A process id beyond the system's limit, so nobody has it.
      region.putLongVolatile(StoreHeader.LOCK, (1L << Identity.PID_BITS) - 1);
      Thread.currentThread().interrupt();
      store.put(TestStores.data(1, 100_000));
      assertTrue(Thread.interrupted(), "the interrupt is kept");
      assertEquals(List.of(), store.verify().findings());
    }
  }

  @Test
  void aLockKeptByALivingProcessIsReported() throws Exception {
    Path path = stores.path();
    StoreOptions impatient = TestStores.SMALL.withLockTimeout(Duration.ofMillis(50));
    try (ObjectStore store = TestStores.openAs(path, impatient, new SimulatedProcess())) {
      Region region = TestStores.tables(store).region();
      region.putLongVolatile(StoreHeader.LOCK, Identity.ofThisProcess().self());
      String message =
          assertThrows(StoreTimeoutException.class, () -> store.put(TestStores.data(1, 1)))
              .getMessage();
      assertTrue(message.contains("process " + ProcessHandle.current().pid()), message);
      region.putLongVolatile(StoreHeader.LOCK, 0);
    }
  }
}
