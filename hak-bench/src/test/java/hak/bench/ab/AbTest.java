package hak.bench.ab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Progress;
import hak.bench.Workload;
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
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbTest {
  private static Program program() {
    ProgramBuilder builder = new ProgramBuilder(1000);
    List<Integer> live = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      live.add(builder.malloc(i % 2000));
      live.add(builder.malloc(40));
      builder.free(live.remove(/* index */ i % live.size()));
    }
    return builder.build();
  }

  private static final Profile BASE = Hak.profile("default");
  private static final Profile SLOWED =
      BASE.withMore(Section.CACHES, 0, "drag").withSetting("drag", "steps", 90L).withName("slowed");
  private static final int ROUNDS = 3;

  @TempDir private Path folder;

  private static List<Workload> workloads(Supplier<Program> program) {
    return List.of(Workload.copies("small", 1, program));
  }

  private static AbReport run(int forks, Progress progress, BooleanSupplier stop) {
    return run(forks, AbTest::program, AbLog.NONE, progress, stop);
  }

  private static AbReport run(
      int forks, Supplier<Program> program, AbLog log, Progress progress, BooleanSupplier stop) {
    return Ab.run(
        new AbRequest(
            BASE,
            List.of(SLOWED),
            workloads(program),
            new AbRequest.Plan(forks, ROUNDS),
            new Rule(0.01),
            log,
            progress,
            stop));
  }

  private AbLog log() throws IOException {
    return AbLog.open(
        folder.resolve("ab.jsonl"), BASE, List.of(SLOWED), workloads(AbTest::program), ROUNDS);
  }

  @Test
  void aStackThatTakesLongerHasALargerRatio() {
    List<Long> done = new ArrayList<>();
    AbReport report = run(1, (_, _, step, total) -> done.add(total - step), () -> false);
    assertTrue(report.complete());
    assertEquals(0, done.getLast());
    AbReport.Comparison comparison = report.comparisons().getFirst();
    assertEquals("slowed", comparison.name());
    assertTrue(comparison.time().ratio().value() > 1.5, comparison.toString());
    assertEquals(
        List.of("default", "default again", "slowed"),
        report.samples().getFirst().arms().stream().map(AbReport.Arm::name).toList());
    assertEquals("drag", report.changed().getFirst().description().layers().getFirst().id());
    assertEquals(1, report.base().hitRates().size());
  }

  @Test
  void forTimesAloneNothingElseIsMeasured() {
    List<String> begun = new ArrayList<>();
    AbReport report =
        Ab.runTimes(
            new AbRequest(
                BASE,
                List.of(SLOWED),
                workloads(AbTest::program),
                new AbRequest.Plan(1, ROUNDS),
                new Rule(0.01),
                AbLog.NONE,
                (_, phase, _, _) -> begun.add(phase),
                () -> false));
    assertEquals(List.of("program", "warm-up", "timed", "timed", "timed", "done"), begun);
    assertTrue(report.complete());
    assertTrue(report.comparisons().getFirst().time().ratio().value() > 1.5, report.toString());
    assertNull(report.comparisons().getFirst().memory());
    assertEquals(List.of(), report.base().hitRates());
  }

  @Test
  void whatIsStoppedKeepsTheForksThatAreOverAndGoesOnThere() throws IOException {
    List<String> begun = new ArrayList<>();
    AbReport report =
        run(
            5,
            AbTest::program,
            log(),
            (_, phase, _, _) -> begun.add(phase),
            () -> begun.stream().filter("warm-up"::equals).count() == 2);
    assertFalse(report.complete());
    assertEquals(1, report.forksDone());
    assertTrue(report.hasResult());
    begun.clear();
    AbReport again =
        run(1, AbTest::program, log(), (_, phase, _, _) -> begun.add(phase), () -> false);
    assertTrue(again.complete());
    assertEquals(List.of("hit rates", "done"), begun);
    assertEquals(report.samples(), again.samples());
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> run(1, AbTest::otherProgram, log(), Progress.NONE, () -> false))
            .getMessage();
    assertEquals("small makes other calls now than in the forks that are over", message);
  }

  private static Program otherProgram() {
    ProgramBuilder builder = new ProgramBuilder(1);
    builder.malloc(1);
    return builder.build();
  }

  @Test
  void stoppedBeforeTheFirstForkThereIsNothing() {
    AbReport report = run(5, Progress.NONE, () -> true);
    assertFalse(report.hasResult());
    assertEquals(0, report.forksDone());
  }
}
