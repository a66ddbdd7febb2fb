package hak.bench;

import hak.bench.stats.Bootstrap;
import hak.bench.stats.Samples;
import hak.bench.stats.Turns;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Ratios of medians, with intervals, of contestants that were measured in turn. */
final class Ratios {
  private Ratios() {}

  /**
   * Two contestants on one workload, and what each would need without an allocator. Samples of the
   * same index belong to the same turn.
   *
   * @param time of the first
   * @param floor of the first
   * @param otherTime of the second
   * @param otherFloor of the second
   * @param turns the turns of all four
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Pair(double[] time, double[] floor, double[] otherTime, double[] otherFloor, Turns turns) {
    /** Two whose floors are not known. */
    static Pair of(double[] time, double[] otherTime, Turns turns) {
      return new Pair(time, time, otherTime, otherTime, turns);
    }

    private double raw(int[] turns) {
      return median(time, turns) / median(otherTime, turns);
    }

    private double aboveFloor(int[] turns) {
      double above = median(time, turns) - median(floor, turns);
      double otherAbove = median(otherTime, turns) - median(otherFloor, turns);
      return above <= 0 ? 0 : otherAbove <= 0 ? Double.POSITIVE_INFINITY : above / otherAbove;
    }
  }

  /** First by second; of several workloads the geometric mean. */
  static Ratio raw(List<Pair> pairs) {
    return ratio(pairs, (pair, turns) -> pair.raw(turns));
  }

  /**
   * The same with the floors taken off; null if that is not a number, as the second is too near to
   * its floor.
   */
  static Ratio aboveFloor(List<Pair> pairs) {
    Ratio ratio = ratio(pairs, (pair, turns) -> pair.aboveFloor(turns));
    return Double.isFinite(ratio.value()) && Double.isFinite(ratio.high()) ? ratio : null;
  }

  private interface Statistic {
    double of(Pair pair, int[] turns);
  }

  private static Ratio ratio(List<Pair> pairs, Statistic statistic) {
    List<Turns> groups = pairs.stream().map(Pair::turns).toList();
    ToDoubleFunction<int[][]> geometricMean =
        drawn -> {
          double logarithms = 0;
          for (int i = 0; i < drawn.length; i++) {
            logarithms += Math.log(statistic.of(pairs.get(i), drawn[i]));
          }
          return Math.exp(logarithms / drawn.length);
        };
    int[][] all =
        groups.stream()
            .map(turns -> IntStream.range(0, turns.count()).toArray())
            .toArray(int[][]::new);
    Bootstrap.Interval interval = Bootstrap.interval(groups, geometricMean);
    return new Ratio(geometricMean.applyAsDouble(all), interval.low(), interval.high());
  }

  private static double median(double[] values, int[] turns) {
    double[] drawn = new double[turns.length];
    for (int i = 0; i < turns.length; i++) {
      drawn[i] = values[turns[i]];
    }
    return Samples.median(drawn);
  }
}
