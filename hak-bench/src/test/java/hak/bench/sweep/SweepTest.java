package hak.bench.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Progress;
import hak.bench.Workload;
import hak.bench.ab.AbLog;
import hak.bench.ab.AbRequest;
import hak.bench.ab.Rule;
import hak.bench.sweep.SweepReport.Row;
import hak.bench.trace.Program;
import hak.bench.trace.ProgramBuilder;
import hak.core.Hak;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps in processes of their own, over a cache that takes as long as it is told. */
class SweepTest {
  private static final List<Workload> WORKLOADS =
      List.of(Workload.copies("small", 1, SweepTest::program));
  private static final Profile BASE = dragged(600);
  private static final List<Profile> CANDIDATES =
      LongStream.of(900, 0, 300, 1000).mapToObj(SweepTest::dragged).toList();
  private static final List<Profile> OTHERS = List.of(dragged(400));
  private static final int ROUNDS = 3;

  @TempDir private Path folder;

  private static Program program() {
    ProgramBuilder builder = new ProgramBuilder(1000);
    for (int i = 0; i < 3000; i++) {
      builder.free(builder.malloc(i % 500 + 1));
    }
    return builder.build();
  }

  private static Profile dragged(long steps) {
    return Hak.profile("default")
        .withMore(Section.CACHES, 0, "drag")
        .withSetting("drag", "steps", steps)
        .withName("drag " + steps);
  }

  private static SweepReport sweep(AbLog log, Progress progress, BooleanSupplier stop) {
    AbRequest.Plan last = new AbRequest.Plan(1, ROUNDS);
    SweepRequest.Plan plan = new SweepRequest.Plan(1, 2, last);
    return Sweep.run(
        new SweepRequest(
            BASE, CANDIDATES, OTHERS, WORKLOADS, plan, new Rule(0.01), log, progress, stop));
  }

  private AbLog log() throws IOException {
    List<Profile> changed = new ArrayList<>(CANDIDATES);
    changed.addAll(OTHERS);
    return AbLog.open(folder.resolve("sweep.jsonl"), BASE, changed, WORKLOADS, ROUNDS);
  }

  @Test
  void whatTakesLeastIsFoundAndOthersAreHeldAgainstIt() {
    List<Long> left = new ArrayList<>();
    SweepReport report =
        sweep(AbLog.NONE, (_, _, done, total) -> left.add(total - done), () -> false);
    assertTrue(report.complete());
    assertEquals(0, left.getLast());
    assertTrue(left.stream().allMatch(steps -> steps >= 0), left.toString());
    SweepReport.Best best = report.bestOnTheWhole();
    assertEquals("drag 0", best.stack());
    assertEquals(2, best.number());
    assertEquals(1, report.best().size());
    assertEquals(
        List.of("drag 600", "drag 400"),
        report.regrets().stream().map(SweepReport.Regret::stack).toList());
    assertTrue(report.regrets().getFirst().ratio().value() > 1.5, report.regrets().toString());
    assertEquals(List.of("drag 0", "drag 300"), namesLeft(report));
    assertEquals(
        List.of("drag 0", "drag 300", "drag 400"),
        report.last().changed().stream().map(stack -> stack.name()).toList());
  }

  private static List<String> namesLeft(SweepReport report) {
    return report.searches().getFirst().rows().stream()
        .filter(row -> row.dropped() == null)
        .map(Row::candidate)
        .toList();
  }

  /** Candidates play two at a time, so there are two heats. */
  @Test
  void whatIsStoppedKeepsWhatIsOverAndGoesOnThere() throws IOException {
    List<String> begun = new ArrayList<>();
    Progress progress = (_, phase, _, _) -> begun.add(phase);
    SweepReport none = sweep(log(), progress, () -> true);
    assertFalse(none.complete() || none.hasResult());
    assertEquals(List.of(), none.searches().getFirst().rows());

    SweepReport half = sweep(log(), progress, () -> count(begun, "rung 1 warm-up") == 2);
    assertNull(half.last());
    assertFalse(half.complete() || half.hasResult());
    assertEquals(2, half.searches().getFirst().rows().size());

    begun.clear();
    SweepReport whole = sweep(log(), progress, () -> false);
    assertTrue(whole.complete());
    assertEquals(1, count(begun, "rung 1 warm-up"), "the other heat was over");

    begun.clear();
    SweepReport again = sweep(log(), progress, () -> false);
    assertEquals(0, begun.stream().filter(phase -> phase.endsWith("warm-up")).count());
    assertEquals(whole.last().samples(), again.last().samples());
    assertEquals(whole.searches(), again.searches());
    assertEquals(whole.best(), again.best());
  }

  private static long count(List<String> begun, String phase) {
    return begun.stream().filter(phase::equals).count();
  }

  @Test
  void refusesWhatIsOutOfRange() {
    AbRequest.Plan last = new AbRequest.Plan(4, 1);
    assertThrows(IllegalArgumentException.class, () -> new SweepRequest.Plan(0, 1, last));
    assertThrows(IllegalArgumentException.class, () -> new SweepRequest.Plan(5, 1, last));
    assertThrows(IllegalArgumentException.class, () -> new SweepRequest.Plan(1, 0, last));
    assertThrows(IllegalArgumentException.class, () -> new SweepRequest.Plan(1, 63, last));
    assertEquals(20, new SweepRequest.Plan(1, 1, new AbRequest.Plan(4, 60)).rungRounds());
    assertEquals(1, new SweepRequest.Plan(1, 1, last).rungRounds());
  }
}
