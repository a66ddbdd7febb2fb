package hak.bench.saved;

import hak.bench.Change;
import hak.bench.Ratio;
import hak.bench.stats.Bootstrap;
import hak.bench.stats.Holm;
import hak.bench.stats.MannWhitney;
import hak.bench.stats.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Holds figures against kept ones. They were not taken in turns, so each sample is first divided by
 * that of its floor: a machine that is half as fast today has a floor that takes twice as long.
 * What then differs is the allocator, or what the machine does to memory alone.
 *
 * <p>A row: the ratio of the medians, its interval by drawing from both samples apart, and the
 * Mann-Whitney test, corrected over the rows by Holm's method.
 */
public final class Baseline {
  private final List<SavedFigure> then = new ArrayList<>();
  private final List<SavedFigure> now = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  private Baseline() {}

  /**
   * Holds figures against the newest kept ones of the same allocator and workload.
   *
   * @param name what the kept ones were asked for by
   * @param kept the oldest first
   * @param figures one or more
   */
  public static BaselineReport compare(
      String name, List<SavedFigure> kept, List<SavedFigure> figures) {
    Baseline baseline = new Baseline();
    figures.forEach(figure -> baseline.add(figure, kept));
    return new BaselineReport(
        name,
        baseline.then.isEmpty() ? null : baseline.then.getFirst().from(),
        figures.getFirst().from(),
        baseline.rows(),
        baseline.missing);
  }

  private void add(SavedFigure figure, List<SavedFigure> kept) {
    kept.reversed().stream()
        .filter(figure::isOfSame)
        .findFirst()
        .ifPresentOrElse(
            found -> {
              then.add(found);
              now.add(figure);
            },
            () -> missing.add(figure.workload() + ", " + figure.allocator()));
  }

  private List<BaselineReport.Row> rows() {
    double[] values = new double[now.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = MannWhitney.pValue(now.get(i).relative(), then.get(i).relative());
    }
    double[] adjusted = Holm.adjusted(values);
    List<BaselineReport.Row> rows = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      rows.add(row(now.get(i), then.get(i), adjusted[i]));
    }
    return rows;
  }

  private static BaselineReport.Row row(SavedFigure now, SavedFigure then, double p) {
    Ratio ratio = ratio(now, then);
    return new BaselineReport.Row(
        now.workload(),
        now.allocator(),
        then.profile(),
        median(then.nanosPerEvent()),
        median(then.floorNanosPerEvent()),
        median(now.nanosPerEvent()),
        median(now.floorNanosPerEvent()),
        ratio,
        p,
        Change.of(ratio, p, Math.min(now.forks(), then.forks())));
  }

  private static Ratio ratio(SavedFigure now, SavedFigure then) {
    double[] first = now.relative();
    double[] second = then.relative();
    ToDoubleFunction<int[][]> ofDrawn = drawn -> median(first, drawn[0]) / median(second, drawn[1]);
    Bootstrap.Interval interval = Bootstrap.interval(List.of(now.turns(), then.turns()), ofDrawn);
    return new Ratio(
        Samples.median(first) / Samples.median(second), interval.low(), interval.high());
  }

  private static double median(double[] values, int[] drawn) {
    return Samples.median(Arrays.stream(drawn).mapToDouble(i -> values[i]).toArray());
  }

  private static double median(List<Double> values) {
    return Samples.median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
