package hak.bench;

import java.util.List;

/**
 * A ratio of medians with its bootstrap 95 % interval.
 *
 * @param value the ratio
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Ratio(double value, double low, double high) {
  /**
   * First by second. Samples of the same index belong to the same turn, and are drawn together.
   *
   * @param first one sample or more
   * @param second as many
   */
  public static Ratio ofMedians(double[] first, double[] second) {
    return Ratios.raw(List.of(new Ratios.Pair(first, first, second, second)));
  }
}
