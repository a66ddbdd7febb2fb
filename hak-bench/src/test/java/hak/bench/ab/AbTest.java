package hak.bench.ab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Progress;
import hak.bench.Workload;
import hak.bench.trace.Program;
import hak.bench.trace.ProgramBuilder;
import hak.core.Hak;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

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

  private static AbReport run(int forks, Progress progress, BooleanSupplier stop) {
    Profile slowed =
        Hak.profile("default")
            .withMore(Section.CACHES, 0, "drag")
            .withSetting("drag", "steps", 900L)
            .withName("slowed");
    return Ab.run(
        new AbRequest(
            Hak.profile("default"),
            List.of(slowed),
            List.of(Workload.copies("small", 1, AbTest::program)),
            new AbRequest.Plan(forks, 3),
            new Rule(0.01),
            progress,
            stop));
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
  void whatIsStoppedKeepsTheForksThatAreOver() {
    List<String> begun = new ArrayList<>();
    AbReport report =
        run(
            5,
            (_, phase, _, _) -> begun.add(phase),
            () -> begun.stream().filter("warm-up"::equals).count() == 2);
    assertFalse(report.complete());
    assertEquals(1, report.forksDone());
    assertTrue(report.hasResult());
  }

  @Test
  void stoppedBeforeTheFirstForkThereIsNothing() {
    AbReport report = run(5, Progress.NONE, () -> true);
    assertFalse(report.hasResult());
    assertEquals(0, report.forksDone());
  }
}
