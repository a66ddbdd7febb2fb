package hak.bench.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Machine;
import hak.bench.Ratio;
import hak.bench.ab.AbReport;
import hak.bench.ab.Verdict;
import hak.bench.sweep.SweepReport.Best;
import hak.bench.sweep.SweepReport.Regret;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OracleTest {
  private static final Ratio RATIO = new Ratio(1, 1, 1);

  private static AbReport.Arm arm(String name, double... times) {
    List<Double> list = IntStream.range(0, times.length).mapToObj(i -> times[i]).toList();
    return new AbReport.Arm(name, list, list, List.of());
  }

  private static AbReport.Samples samples(String workload, AbReport.Arm... arms) {
    return new AbReport.Samples(workload, 1, List.of(arms), 1);
  }

  private static AbReport report(List<String> changed, AbReport.Samples... samples) {
    List<AbReport.Row> rows =
        Stream.of(samples)
            .map(on -> new AbReport.Row(on.workload(), 1, 1, RATIO, 0, 0, Verdict.GO))
            .toList();
    AbReport.Measure measure = new AbReport.Measure(rows, RATIO, 0, Verdict.NO_GO, "a");
    return new AbReport(
        "",
        Machine.here(),
        "",
        1,
        1,
        1,
        true,
        0.01,
        new AbReport.Stack("base", null, List.of()),
        changed.stream().map(name -> new AbReport.Stack(name, null, List.of())).toList(),
        null,
        changed.stream().map(name -> new AbReport.Comparison(name, measure, null)).toList(),
        List.of(samples));
  }

  /**
   * Of two programs x is best on one, the base on the other, and y on the whole. What the base's
   * own arms say does not count.
   */
  private static final Oracle ORACLE =
      new Oracle(
          report(
              List.of("x", "y"),
              samples(
                  "a",
                  arm("base", 5, 5.5, 4.5),
                  arm("again", 0.1, 0.1, 0.1),
                  arm("x", 0.8, 0.7, 0.9),
                  arm("y", 0.9, 0.8, 1)),
              samples(
                  "b",
                  arm("base", 0.2, 0.2),
                  arm("again", 0.1, 0.1),
                  arm("x", 1.5, 1.5),
                  arm("y", 1.05, 1.05)),
              samples("none", arm("base"), arm("again"), arm("x"), arm("y"))));

  @Test
  void theBestOfEachProgramAndOnTheWhole() {
    List<Best> best = ORACLE.best(List.of(7, 9));
    assertEquals(List.of("x", "base", "y"), best.stream().map(Best::stack).toList());
    assertEquals(List.of(7, 0, 9), best.stream().map(Best::number).toList());
    assertEquals(List.of("a", "b", SweepReport.OVERALL), best.stream().map(Best::on).toList());
    assertEquals(
        List.of(Verdict.GO, Verdict.NEUTRAL, Verdict.NO_GO),
        best.stream().map(Best::verdict).toList());
    assertEquals(0.75, best.getFirst().ratio().value(), 1e-9); // of the first two forks
    assertEquals(1, best.get(1).ratio().value());
  }

  @Test
  void regretIsHeldAgainstTheBestOfEachProgram() {
    List<Regret> regrets = ORACLE.regrets(List.of(1));
    assertEquals(List.of("base", "y"), regrets.stream().map(Regret::stack).toList());
    Regret base = regrets.getFirst();
    assertEquals("x", base.rows().getFirst().best());
    assertEquals(1 / 0.75, base.rows().getFirst().ratio().value(), 1e-9);
    assertEquals(new Ratio(1, 1, 1), base.rows().get(1).ratio());
    assertEquals(Math.sqrt(1 / 0.75), base.ratio().value(), 1e-9);
    Ratio ofY = regrets.get(1).rows().getFirst().ratio();
    assertEquals(0.85 / 0.75, ofY.value(), 1e-9);
    assertTrue(ofY.low() <= ofY.value() && ofY.value() <= ofY.high(), ofY.toString());
  }

  @Test
  void withoutAForkThereIsNoBest() {
    Oracle none = new Oracle(report(List.of("x"), samples("a", arm("base"), arm("x"), arm("x"))));
    assertEquals(List.of(), none.best(List.of(1)));
    assertEquals(List.of(), none.regrets(List.of(0)));
  }
}
