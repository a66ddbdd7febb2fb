package hak.bench.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap: the statistic of samples drawn again from the sample, with replacement,
 * many times over. Sources that were measured in turn are drawn together, so that what disturbed
 * all of a turn stays together.
 */
public final class Bootstrap {
  private static final int RESAMPLES = 4000;
  private static final double TAIL = 0.025;
  private static final long SEED = 0x48414B;

  private Bootstrap() {}

  /**
   * An interval of 95 %.
   *
   * @param low its lower end
   * @param high its upper end
   */
  public record Interval(double low, double high) {}

  /**
   * The interval of a statistic of several groups of turns.
   *
   * @param turns how many turns each group has
   * @param statistic computed from the indices of the turns drawn in each group
   */
  public static Interval interval(int[] turns, ToDoubleFunction<int[][]> statistic) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] values = new double[RESAMPLES];
    int[][] drawn = new int[turns.length][];
    for (int i = 0; i < RESAMPLES; i++) {
      for (int group = 0; group < turns.length; group++) {
        int count = turns[group];
        drawn[group] = random.ints(count, 0, count).toArray();
      }
      values[i] = statistic.applyAsDouble(drawn);
    }
    Arrays.sort(values);
    int low = (int) (TAIL * RESAMPLES);
    return new Interval(values[low], values[RESAMPLES - 1 - low]);
  }
}
