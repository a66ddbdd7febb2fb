package hak.bench;

import hak.bench.stats.Turns;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A ratio of medians with its bootstrap 95 % interval.
 *
 * @param value the ratio
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Ratio(double value, double low, double high) {
  /**
   * First by second. Samples of the same index belong to the same turn, and are drawn together;
   * turns are independent of each other.
   *
   * @param first one sample or more
   * @param second as many
   */
  public static Ratio ofMedians(double[] first, double[] second) {
    return ofMedians(List.of(first), List.of(second));
  }

  /**
   * The geometric mean of several ratios of medians.
   *
   * @param firsts samples of each first
   * @param seconds as many samples of each second
   */
  public static Ratio ofMedians(List<double[]> firsts, List<double[]> seconds) {
    return Ratios.raw(
        IntStream.range(0, firsts.size())
            .mapToObj(i -> independent(firsts.get(i), seconds.get(i)))
            .toList());
  }

  private static Ratios.Pair independent(double[] first, double[] second) {
    return Ratios.Pair.of(first, second, Turns.independent(first.length));
  }
}
