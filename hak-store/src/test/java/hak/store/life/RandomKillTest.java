package hak.store.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectInfo;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreStats;
import hak.store.access.TestStores;
import hak.store.life.Worker.Work;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Processes killed at random times while the file grows, memory is given back, objects are moved or
 * anything else is done, alone and with their whole PID namespace. After each death the survivor
 * goes on at once, what was sealed is whole, and the rest is free. A store serves for one death of
 * each kind of work, so that it grows from the begin again.
 */
class RandomKillTest {
  private static final long SECOND = 1_000_000_000;
  private static final int SIGKILL = 128 + 9;

  /** The latest time of a death after the process began: 50 ms. */
  private static final int LATEST_NANOS = 50_000_000;

  /** So many must have hit what they were meant to hit. */
  private static final int MANY = 400;

  private static final int KEPT_BYTES = 3000;

  private final Random random = new Random(7);
  private final Deaths deaths = new Deaths();

  /** As many kills as -Dhak.store.kills says. */
  @Test
  void killsOfAProcessLoseNothing(TestReporter reporter) throws Exception {
    killAll(Integer.getInteger("hak.store.kills", 8), List.of(), 1);
    reporter.publishEntry("deaths", deaths.toString());
  }

  /** As many kills as -Dhak.store.namespaceKills says, of a shell and two processes each. */
  @Test
  void killsOfAWholeNamespaceLoseNothing(TestReporter reporter) throws Exception {
    List<String> runner = new ArrayList<>(Namespaces.CONTAINER.runner());
    runner.addAll(List.of("sh", "-c", "\"$@\" & \"$@\" & wait", "sh"));
    killAll(Integer.getInteger("hak.store.namespaceKills", 4), runner, 2);
    reporter.publishEntry("deaths", deaths.toString());
  }

  private void killAll(int kills, List<String> runner, int processes) throws Exception {
    int left = kills;
    while (left > 0) {
      try (TestStores stores = new TestStores();
          ObjectStore store = ObjectStore.open(stores.path(), Worker.OPTIONS)) {
        ObjectRef kept = store.put("kept", Worker.data(KEPT_BYTES));
        for (Work work : List.of(Work.values()).subList(0, Math.min(left, Work.values().length))) {
          kill(store.path(), work, runner, processes);
          deaths.add(work, store);
          TestStores.awaitAlone(store);
          checkSound(store, kept);
          left--;
        }
      }
    }
    assertTrue(kills < MANY || deaths.missed().isEmpty(), deaths::toString);
  }

  private void kill(Path path, Work work, List<String> runner, int processes) throws Exception {
    String seed = Integer.toString(random.nextInt());
    try (Child child = Child.startIn(runner, "work", path.toString(), work.name(), seed)) {
      for (int process = 0; process < processes; process++) {
        assertEquals(Worker.READY, child.line());
      }
      // When it dies is the point of the test, not something to wait for.
      LockSupport.parkNanos(random.nextInt(LATEST_NANOS));
      child.kill();
      // The output ends when the last of a namespace is dead.
      assertNull(child.line(), "all went well until it was killed");
      assertEquals(SIGKILL, child.exitCode());
    }
  }

  private static void checkSound(ObjectStore store, ObjectRef kept) {
    long start = System.nanoTime();
    ObjectRef own = store.put(Worker.data(500));
    StoreStats stats = store.stats();
    assertTrue(System.nanoTime() - start < SECOND, "survivors go on within 1 s");
    assertEquals(1, stats.processes());
    assertEquals(0, stats.pinned());
    store.delete(own);
    assertEquals(List.of(), store.verify().findings());
    for (ObjectInfo info : store.list()) {
      assertTrue(info.sealed());
      try (ObjectView view = store.get(info.ref())) {
        assertTrue(Worker.isWhole(view), info::toString);
      }
      if (!info.ref().equals(kept)) {
        store.delete(info.ref());
      }
    }
    assertTrue(store.contains(kept));
    assertEquals(1, store.stats().objects());
    assertEquals(3008, store.stats().usedBytes());
  }
}
