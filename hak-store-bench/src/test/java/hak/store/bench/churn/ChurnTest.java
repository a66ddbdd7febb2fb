package hak.store.bench.churn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Progress;
import hak.store.ObjectStore;
import hak.store.StoreOptions;
import hak.store.StoreStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At 1/64 of the size; full size is ./hak store churn. */
class ChurnTest {
  private static final int SCALE = 64;
  private static final long CAPACITY = (4L << 30) / SCALE;
  private static final StoreOptions OPTIONS = StoreOptions.DEFAULT.withCapacityBytes(CAPACITY);
  private static final long SECOND = 1_000_000_000;

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("store");
  }

  private static ChurnPlan plan(
      int episodes, double fill, int workers, double sample, Discard discard) {
    return new ChurnPlan(
        episodes, fill, (512 << 10) / SCALE, (5 << 20) / SCALE, workers, sample, discard, 1);
  }

  private ChurnReport churn(ChurnPlan plan, Progress progress) {
    return Churn.run(new ChurnRequest(path, CAPACITY, plan, progress));
  }

  @Test
  void tenThousandEpisodesAtNinetyPercentNeverFail() {
    ChurnReport report = churn(plan(10_000, 0.9, 1, 0.1, Discard.RANDOM), Progress.NONE);
    assertEquals(List.of(), report.failures());
    assertEquals(0, report.failedPuts());
    assertTrue(report.checked() > 800, () -> report.checked() + " were read back");
    ChurnReport.Moment last = report.moments().getLast();
    assertEquals(10_000, last.episodes());
    assertEquals(0.9, last.fill(), 0.01);
    assertEquals(10_000, report.discarded() + last.store().objects());
    assertEquals(last.store().objects(), report.verifiedObjects());
    assertFalse(Files.exists(path), "a store that was made for it is deleted");
  }

  @Test
  void workersShareAStoreThatStaysAsItWas() {
    try (ObjectStore store = ObjectStore.open(path, OPTIONS)) {
      store.put("mine", MemorySegment.ofArray(new byte[100_000]));
      StoreStats before = store.stats();
      ChurnReport report = churn(plan(3_001, 0.9, 2, 0.5, Discard.OLDEST), Progress.NONE);
      assertEquals(List.of(), report.failures());
      assertEquals(3_001, report.moments().getLast().episodes());
      assertEquals(0.9, report.moments().getLast().fill(), 0.01);
      assertSound(store, before);
    }
    assertTrue(Files.exists(path));
  }

  private static void assertSound(ObjectStore store, StoreStats before) {
    StoreStats after = store.stats();
    assertEquals(before.usedBytes(), after.usedBytes());
    assertEquals(before.objects(), after.objects());
    assertEquals(1, after.processes());
    assertTrue(store.contains("mine"));
    assertEquals(List.of(), store.verify().findings());
  }

  @Test
  void aFillThatCannotBeHeldIsReported() {
    try (ObjectStore store = ObjectStore.open(path, OPTIONS)) {
      store.put("mine", MemorySegment.ofArray(new byte[100]));
      StoreStats before = store.stats();
      ChurnReport report = churn(plan(5_000, 1, 1, 0, Discard.RANDOM), Progress.NONE);
      assertTrue(report.failedPuts() > 0);
      assertTrue(
          report.failures().getFirst().matches("[\\d,]+ of 5,000 puts failed, .*: no room for .*"),
          report.failures().toString());
      assertSound(store, before);
    }
  }

  @Test
  void damageIsSeen() {
    try (ObjectStore store = ObjectStore.open(path, OPTIONS)) {
      Progress vandal =
          (_, _, done, _) -> {
            if (done == 40) {
              scribble(store.stats());
            }
          };
      ChurnReport report = churn(plan(3_000, 0.9, 1, 1, Discard.OLDEST), vandal);
      assertTrue(report.wrong() > 0);
      assertTrue(
          report.failures().getFirst().contains("when they were read back"),
          report.failures().toString());
      assertTrue(
          report.failures().stream().anyMatch(line -> line.startsWith("verify: ")),
          report.failures().toString());
    }
  }

  /** Overwrites a byte of the data every 64 KiB. */
  private void scribble(StoreStats stats) {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      for (long at = 0; at < stats.committedBytes(); at += 1 << 16) {
        file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), stats.metadataBytes() + at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aKilledWorkerIsReportedAtOnceAndLeavesNothing() {
    long[] killed = new long[1];
    Progress killer =
        (_, _, done, _) -> {
          if (done == 2) {
            killed[0] = System.nanoTime();
            ProcessHandle.current().children().findFirst().orElseThrow().destroyForcibly();
          }
        };
    try (ObjectStore store = ObjectStore.open(path, OPTIONS)) {
      store.put("mine", MemorySegment.ofArray(new byte[100]));
      StoreStats before = store.stats();
      UncheckedIOException e =
          assertThrows(
              UncheckedIOException.class,
              () -> churn(plan(20_000, 0.9, 2, 0.1, Discard.RANDOM), killer));
      assertTrue(System.nanoTime() - killed[0] < 20 * SECOND);
      assertTrue(
          e.getMessage().matches("worker [01] ended early: ended by signal 9"), e.toString());
      assertEquals(0, ProcessHandle.current().children().count());
      assertSound(store, before);
    }
  }

  @Test
  void aStoreWithoutRoomForTheLargestEpisodesIsRefused() {
    ChurnPlan plan = new ChurnPlan(10, 0.5, 1024, CAPACITY / 2, 2, 0, Discard.RANDOM, 1);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> churn(plan, Progress.NONE));
    assertTrue(e.getMessage().contains("leaves no room"), e.getMessage());
    assertFalse(Files.exists(path));
  }
}
