package hak.store.bench.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Progress;
import hak.store.ObjectStore;
import hak.store.StoreFullException;
import hak.store.StoreOptions;
import hak.store.StoreStats;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  private static final TrainPlan SMALL = new TrainPlan(2, 7, 2, 500, 200, 1);
  private static final long SECOND = 1_000_000_000;

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("store");
  }

  @Test
  void severalProcessesTrainWhatOneDoes() {
    TrainReport report = Training.run(TrainRequest.of(path, SMALL));
    assertEquals(List.of(), report.failures());
    assertTrue(report.equalModel());
    assertEquals(4, report.syncs(), "after 2, 4, 6 and 7 epochs");
    assertEquals(16, report.objects());
    assertEquals(16, report.intactObjects());
    assertEquals(16, report.equalObjects());
    assertEquals(16 * report.objectBytes(), report.bytes());
    assertEquals(
        List.of(0, 2, 4, 6, 7), report.losses().stream().map(TrainReport.Loss::epoch).toList());
    double start = report.losses().getFirst().loss();
    assertTrue(report.losses().getLast().loss() < start / 2, report.losses().toString());
    assertFalse(Files.exists(path), "a store that was made for it is deleted");
  }

  @Test
  void aStoreThatIsThereIsLeftAsItWas() {
    StoreOptions options = StoreOptions.DEFAULT.withCapacityBytes(8 << 20);
    try (ObjectStore store = ObjectStore.open(path, options)) {
      store.put("mine", MemorySegment.ofArray(new byte[1000]));
      StoreStats before = store.stats();
      TrainReport report = Training.run(TrainRequest.of(path, SMALL));
      assertTrue(report.passed(), report.failures().toString());
      assertEquals(before.usedBytes() + 4 * unitBytes(report), report.usedBytes());
      assertSound(store, before);
    }
    assertTrue(Files.exists(path));
  }

  /** What an object takes: its bytes rounded up to 64. */
  private static long unitBytes(TrainReport report) {
    return Math.ceilDiv(report.objectBytes(), 64) * 64;
  }

  private static void assertSound(ObjectStore store, StoreStats before) {
    StoreStats after = store.stats();
    assertEquals(before.usedBytes(), after.usedBytes());
    assertEquals(before.objects(), after.objects());
    assertEquals(0, after.pinned());
    assertEquals(1, after.processes());
    assertTrue(store.contains("mine"));
    assertEquals(List.of(), store.verify().findings());
  }

  @Test
  void aKilledWorkerIsReportedAtOnceAndLeavesNothing() {
    StoreOptions options = StoreOptions.DEFAULT.withCapacityBytes(8 << 20);
    TrainPlan endless = new TrainPlan(2, 1_000_000, 1, 500, 200, 1);
    long[] killed = new long[1];
    Progress killer =
        (_, _, done, _) -> {
          if (done == 5) {
            killed[0] = System.nanoTime();
            ProcessHandle.current().children().findFirst().orElseThrow().destroyForcibly();
          }
        };
    try (ObjectStore store = ObjectStore.open(path, options)) {
      store.put("mine", MemorySegment.ofArray(new byte[1000]));
      StoreStats before = store.stats();
      UncheckedIOException e =
          assertThrows(
              UncheckedIOException.class,
              () -> Training.run(new TrainRequest(path, endless, Duration.ofMinutes(1), killer)));
      assertTrue(System.nanoTime() - killed[0] < 20 * SECOND);
      assertTrue(
          e.getMessage().matches("worker [01] ended early: ended by signal 9"), e.toString());
      assertEquals(0, ProcessHandle.current().children().count());
      assertSound(store, before);
    }
  }

  @Test
  void aStoreWithoutRoomIsAClearError() {
    StoreOptions options = StoreOptions.DEFAULT.withCapacityBytes(4096);
    try (ObjectStore store = ObjectStore.open(path, options)) {
      RuntimeException e =
          assertThrows(RuntimeException.class, () -> Training.run(TrainRequest.of(path, SMALL)));
      assertTrue(e.getMessage().contains(StoreFullException.class.getSimpleName()), e.toString());
      assertEquals(0, store.stats().objects());
    }
  }
}
