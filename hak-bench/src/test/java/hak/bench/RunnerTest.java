package hak.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.trace.Program;
import hak.bench.trace.ProgramBuilder;
import hak.core.LayerCount;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerTest {
  private static final Profile PROFILE =
      Profile.ofTiers("test", List.of("tiny", "mid", "large", "big"))
          .with(Section.CACHES, List.of("tls-sll"));

  private static Program program() {
    ProgramBuilder builder = new ProgramBuilder(1000);
    List<Integer> live = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      live.add(builder.malloc(i % 3000));
      live.add(builder.calloc(i % 500));
      builder.free(live.remove(/* index */ i % live.size()));
    }
    builder.realloc(live.getFirst(), 5 << 20);
    builder.aligned(12, 100);
    return builder.build();
  }

  private static List<Workload> small(int threads) {
    return List.of(Workload.copies("small", threads, RunnerTest::program));
  }

  @Test
  void everythingIsMeasured() {
    RunReport report =
        Runner.run(new RunRequest(PROFILE, small(2), 2, true, Progress.NONE, _ -> {}));
    RunReport.Run run = report.runs().getFirst();
    assertTrue(report.passed());
    assertEquals("test", report.profile());
    assertEquals("small", run.workload());
    assertEquals(15_002, run.events());
    assertEquals(true, run.verified());
    assertNull(run.verificationFailure());
    assertTrue(run.nanosPerEvent().best() > 0);
    assertTrue(run.nanosPerEvent().best() <= run.nanosPerEvent().median());
    assertTrue(run.nanosPerEvent().floor() > 0);
    assertTrue(run.rssBytes().peak() >= run.rssBytes().baseline());
    assertTrue(run.pageFaults() > 0);
    assertTrue(run.syscallsPerEvent() > 0);
    LayerCount front = run.boxes().getFirst();
    assertEquals("tls-sll", front.id());
    assertTrue(front.pops() > 0 && front.hits() <= front.pops());
    assertTrue(front.accepted() <= front.pushes());
    assertEquals(2L * program().leftover().length, run.ledgerAtEnd().liveBlocks());
    assertEquals(0, report.ledger().liveBlocks());
    assertEquals(0, report.ledger().liveBytes());
    assertTrue(report.ledger().isBalanced());
  }

  @Test
  void whatTheInspectorFindsFailsTheVerification() {
    RunRequest request =
        new RunRequest(
            PROFILE,
            small(1),
            1,
            true,
            Progress.NONE,
            stack -> {
              if (stack.stats().liveBlocks() == 0) {
                throw new AssertionError("on purpose");
              }
            });
    RunReport report = Runner.run(request);
    assertFalse(report.passed());
    assertTrue(report.runs().getFirst().verificationFailure().contains("on purpose"));
    assertNotNull(report.runs().getFirst().nanosPerEvent());
  }

  @Test
  void withoutRoundsAllButTimesIsMeasured() {
    RunReport report =
        Runner.run(new RunRequest(PROFILE, small(1), 0, false, Progress.NONE, _ -> {}));
    RunReport.Run run = report.runs().getFirst();
    assertNull(run.nanosPerEvent());
    assertNotNull(run.rssBytes());
    assertFalse(run.boxes().isEmpty());
    assertEquals(0, report.ledger().liveBlocks());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void progressCountsEveryStepOnce(int rounds) {
    List<Long> done = new ArrayList<>();
    long[] announced = new long[1];
    Progress progress =
        (_, _, step, total) -> {
          done.add(step);
          announced[0] = total;
        };
    Runner.run(new RunRequest(PROFILE, small(1), rounds, true, progress, _ -> {}));
    for (int i = 0; i < done.size(); i++) {
      assertEquals(i, done.get(i));
    }
    assertEquals(announced[0], done.getLast());
  }
}
