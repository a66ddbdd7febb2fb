package hak.bench.saved;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Change;
import hak.bench.Machine;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BaselineTest {
  private static final Machine MACHINE = new Machine("a processor", 2, 1 << 30, "Linux", 0.5);
  private static final Provenance FROM =
      new Provenance("2026-11-26T00:00:00Z", MACHINE, "25", "abc");
  private static final int ROUNDS = 20;

  private final SplittableRandom random = new SplittableRandom(1);

  /**
   * Times around a mean.
   *
   * @param slow how much slower the machine is, the floor too
   */
  private SavedFigure figure(String workload, int forks, double nanos, double slow) {
    return new SavedFigure(
        FROM, "run", "default", workload, 1, "HAK", forks, times(nanos * slow), times(4 * slow));
  }

  private List<Double> times(double mean) {
    return IntStream.range(0, ROUNDS).mapToObj(_ -> mean * random.nextDouble(0.99, 1.01)).toList();
  }

  private static Change change(SavedFigure then, SavedFigure now) {
    return Baseline.compare("b", List.of(then), List.of(now)).rows().getFirst().change();
  }

  @Test
  void aDifferenceIsToldAndAnEqualStackIsNot() {
    SavedFigure then = figure("w", 1, 10, 1);
    assertEquals(Change.WITHIN_NOISE, change(then, figure("w", 1, 10, 1)));
    assertEquals(Change.SLOWER, change(then, figure("w", 1, 12, 1)));
    assertEquals(Change.FASTER, change(then, figure("w", 1, 8, 1)));
  }

  @Test
  void aSlowerMachineIsNoSlowerAllocator() {
    assertEquals(Change.WITHIN_NOISE, change(figure("w", 1, 10, 1), figure("w", 1, 10, 1.7)));
    BaselineReport.Row row =
        Baseline.compare("b", List.of(figure("w", 1, 10, 1)), List.of(figure("w", 1, 10, 2)))
            .rows()
            .getFirst();
    assertEquals(20, row.now(), 0.5);
    assertEquals(8, row.nowFloor(), 0.2);
    assertEquals(1, row.ratio().value(), 0.02);
  }

  @Test
  void roundsOfOneProcessHaveToDifferByMoreThanForks() {
    assertEquals(Change.WITHIN_NOISE, change(figure("w", 1, 10, 1), figure("w", 1, 10.4, 1)));
    assertEquals(Change.WITHIN_NOISE, change(figure("w", 20, 10, 1), figure("w", 1, 10.4, 1)));
    assertEquals(Change.SLOWER, change(figure("w", 20, 10, 1), figure("w", 20, 10.4, 1)));
  }

  @Test
  void theNewestOfTheSameCounts() {
    BaselineReport report =
        Baseline.compare(
            "b",
            List.of(figure("w", 1, 5, 1), figure("w", 1, 10, 1), figure("other", 1, 20, 1)),
            List.of(figure("w", 1, 10, 1), figure("new", 1, 10, 1)));
    assertEquals(1, report.rows().size());
    assertEquals(10, report.rows().getFirst().then(), 0.2);
    assertEquals(List.of("new, HAK"), report.missing());
  }

  @Test
  void whatIsNotThereIsNotCompared() {
    BaselineReport report = Baseline.compare("b", List.of(), List.of(figure("w", 1, 10, 1)));
    assertTrue(report.rows().isEmpty());
    assertNull(report.then());
  }

  @Test
  void whatDiffersIsNamed() {
    Provenance other =
        new Provenance(
            "2026-11-27T00:00:00Z", new Machine("another", 4, 1, "Linux", 0), "26", "abc");
    assertEquals(
        List.of("machine a processor x 2, now another x 4", "JDK 25, now 26"),
        other.differencesFrom(FROM));
    assertTrue(FROM.differencesFrom(FROM).isEmpty());
  }
}
