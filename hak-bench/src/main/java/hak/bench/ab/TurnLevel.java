package hak.bench.ab;

import hak.bench.stats.Samples;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes out of the times of a fork what its turns had in common: a machine that others use as well
 * is now and then half as fast, for milliseconds or minutes, and all arms are when their rounds
 * follow each other.
 *
 * <p>The level of a turn is the geometric mean of the two rounds of the base in it. Each round is
 * divided by the level of its turn; the figure of a fork is the median over its rounds. For equal
 * stacks that spread alike, the figures of the base and of a changed stack are not correlated, so
 * the test of one against the other holds, and their difference has the variance that the times
 * themselves would have on a quiet machine. Those of the two arms of the base are reciprocal: of
 * these the interval holds, a test would not.
 */
final class TurnLevel {
  private TurnLevel() {}

  /**
   * The figures of each arm, one for each fork.
   *
   * @param rounds of each arm and each fork the times of the rounds
   */
  static List<double[]> relative(List<List<double[]>> rounds) {
    List<double[]> base = rounds.get(Sampled.BASE);
    List<double[]> again = rounds.get(Sampled.BASE_AGAIN);
    List<double[]> figures = new ArrayList<>();
    for (List<double[]> arm : rounds) {
      double[] forks = new double[arm.size()];
      for (int fork = 0; fork < forks.length; fork++) {
        forks[fork] = relative(arm.get(fork), base.get(fork), again.get(fork));
      }
      figures.add(forks);
    }
    return figures;
  }

  private static double relative(double[] times, double[] base, double[] again) {
    double[] relative = new double[times.length];
    for (int turn = 0; turn < relative.length; turn++) {
      relative[turn] = times[turn] / Math.sqrt(base[turn] * again[turn]);
    }
    return Samples.median(relative);
  }
}
