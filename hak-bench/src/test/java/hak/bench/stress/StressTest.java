package hak.bench.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Progress;
import hak.bench.stress.plan.CloseTime;
import hak.bench.stress.plan.HeapCheck;
import hak.bench.stress.plan.StressPlan;
import hak.bench.stress.plan.StressProfiles;
import hak.bench.stress.plan.StressRequest;
import hak.bench.stress.report.StressReport;
import hak.core.Hak;
import hak.core.inside.RawAccess;
import hak.core.profile.Profile;
import hak.testkit.HeapWalker;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Rounds pass on a sound stack; what is broken on purpose is reported with how to repeat it. */
class StressTest {
  private static final long SEED = 42;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static StressReport stress(
      CloseTime close, List<Profile> profiles, int rounds, Duration patience, HeapCheck heapCheck)
      throws InterruptedException {
    StressPlan plan =
        new StressPlan(
            3, SEED, close, StressPlan.LEAST_MEMORY_BYTES, Duration.ofMillis(200), patience);
    return Stress.run(new StressRequest(profiles, null, rounds, plan, Progress.NONE, heapCheck));
  }

  /** The report of a stress whose walks do {@code heapCheck}, which must fail it. */
  private static StressReport.Failure failureOf(HeapCheck heapCheck) throws InterruptedException {
    StressReport report =
        stress(CloseTime.BETWEEN, List.of(Hak.profile("bare")), 20, PATIENCE, heapCheck);
    assertFalse(report.passed());
    assertFalse(report.hung());
    long rounds = report.counts().rounds().values().stream().mapToLong(Long::longValue).sum();
    assertTrue(rounds <= 2, rounds + " rounds; the first failed");
    StressReport.Failure failure = report.failures().getFirst();
    assertEquals(SEED, failure.seed());
    assertEquals("quiet", failure.kind());
    assertEquals("bare", failure.profile());
    assertFalse(failure.trace().isEmpty());
    return failure;
  }

  @Test
  void everyOperationIsDoneOnEveryProfileAndPasses() throws InterruptedException {
    List<Profile> profiles = StressProfiles.all();
    StressReport report =
        stress(CloseTime.BETWEEN, profiles, 4 * profiles.size(), PATIENCE, HeapWalker::check);
    assertEquals(List.of(), report.failures());
    assertNull(report.stacks());
    assertTrue(
        report.counts().rounds().get("full") > 0,
        "rounds of a full region: " + report.counts().rounds());
    assertTrue(report.counts().rounds().get("quiet") > report.counts().rounds().get("full"));
    assertEquals(0, report.counts().rounds().get("racing"));
    report.counts().operations().forEach((name, count) -> assertTrue(count > 0, name));
    assertTrue(
        report.counts().platformThreads() > 16L * profiles.size(), "threads that died young");
    assertTrue(report.counts().virtualThreads() > 0);
    assertTrue(report.counts().arenas() > 0);
    assertEquals(0, report.counts().closesRaced());
  }

  @Test
  void closesThatRaceEndTheOthersAndPass() throws InterruptedException {
    List<Profile> profiles = StressProfiles.all();
    int rounds = 8 * profiles.size(); // some collections among them
    StressReport report = stress(CloseTime.RACING, profiles, rounds, PATIENCE, HeapWalker::check);
    assertEquals(List.of(), report.failures());
    assertNull(report.stacks());
    assertEquals(rounds / 2, report.counts().closesRaced());
    assertEquals(rounds / 2, report.counts().rounds().get("racing"));
    assertTrue(report.counts().endedByClose() > rounds, "threads that a close ended");
  }

  @Test
  void contentThatSomebodyElseChangedIsReported() throws InterruptedException {
    StressReport.Failure failure =
        failureOf((_, live) -> {
          for (long address : live) {
            byte before = RawAccess.everything().get(ValueLayout.JAVA_BYTE, address);
            RawAccess.everything().set(ValueLayout.JAVA_BYTE, address, (byte) ~before);
          }
        });
    assertTrue(failure.what().contains("not what was written"), failure.what());
  }

  @Test
  void aBlockThatNobodyHoldsIsReported() throws InterruptedException {
    StressReport.Failure failure = failureOf((allocator, _) -> allocator.malloc(100));
    assertTrue(failure.what().matches(".* live [1-9].* blocks\\).*"), failure.what());
  }

  @Test
  void whatTheWalkFindsIsReported() throws InterruptedException {
    StressReport.Failure failure =
        failureOf((_, _) -> {
          throw new IllegalStateException("slab 7 is odd");
        });
    assertEquals("java.lang.IllegalStateException: slab 7 is odd", failure.what());
    assertTrue(failure.trace().getFirst().contains("StressTest"), failure.trace()::toString);
  }

  @Test
  void aThreadThatHangsIsReportedWithAllStacks() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    StressReport report =
        stress(
            CloseTime.BETWEEN,
            List.of(Hak.profile("bare")),
            1,
            Duration.ofSeconds(5),
            (_, _) -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    end.countDown();
    assertFalse(report.passed());
    assertTrue(report.hung());
    StressReport.Failure failure = report.failures().getFirst();
    assertEquals(SEED, failure.seed());
    assertEquals("stress player", failure.thread());
    assertTrue(failure.what().contains("stood still for 5,000 ms"), failure.what());
    assertTrue(report.stacks().contains("CountDownLatch.await"), report.stacks());
    assertTrue(report.stacks().contains("QuietEnd.walk"), report.stacks());
  }
}
