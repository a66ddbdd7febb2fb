package hak.bench.stats;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap: the statistic of samples drawn again from the sample, with replacement,
 * many times over. Sources that were measured in turn are drawn together, so that what disturbed
 * all of a turn stays together. Of turns in several processes the processes are drawn first, then
 * turns of each: turns of one process are more alike than those of two, and drawn as one sample
 * would give an interval that is too narrow.
 *
 * <p>Sources: Efron and Tibshirani, "An introduction to the bootstrap", 1993, for the percentiles;
 * Davison and Hinkley, "Bootstrap methods and their application", 1997, section 3.8, for two
 * levels; Kalibera and Jones, "Rigorous benchmarking in reasonable time", ISMM 2013, which shows
 * why a measurement of managed code needs them.
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
   * @param groups the turns of each group
   * @param statistic computed from the indices of the turns drawn in each group
   */
  public static Interval interval(List<Turns> groups, ToDoubleFunction<int[][]> statistic) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] values = new double[RESAMPLES];
    int[][] drawn = new int[groups.size()][];
    for (int i = 0; i < RESAMPLES; i++) {
      for (int group = 0; group < drawn.length; group++) {
        drawn[group] = groups.get(group).draw(random);
      }
      values[i] = statistic.applyAsDouble(drawn);
    }
    Arrays.sort(values);
    int low = (int) (TAIL * RESAMPLES);
    return new Interval(values[low], values[RESAMPLES - 1 - low]);
  }
}
