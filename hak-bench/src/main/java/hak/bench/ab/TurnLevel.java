package hak.bench.ab;

import hak.bench.stats.Fence;
import hak.bench.stats.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes out of the times of a fork what its turns had in common: a machine that others use as well
 * is now and then half as fast, for milliseconds or minutes, and all arms are when their rounds
 * follow each other.
 *
 * <p>The figure of a fork is what its rounds take by those of the base in the same turns: the
 * median quotient by the one arm of the base and that by the other, and of the two the geometric
 * mean. (The median of quotients by the mean of both would not be 1 for equal stacks: rounds are
 * disturbed upwards only, and two have that twice as often as one.) For equal stacks that spread
 * alike, the figures of the base and of a changed stack are not correlated, so the test of one
 * against the other holds, and their difference has the variance that the times themselves would
 * have on a quiet machine. Those of the two arms of the base are reciprocal: of these the interval
 * holds, a test would not.
 *
 * <p><b>Unlucky processes.</b> One process in some fifteen is 5 to 14 % slower for as long as it
 * lives, with the same code and the same calls. Where it is one of the base, its fork would make
 * every changed stack look faster. So where the two arms of the base differ by more than the {@link
 * Fence} of all forks, the faster of them alone is what the others are divided by. The base alone
 * decides, so nobody's luck is bettered but its own.
 */
final class TurnLevel {
  /** Forks in which the arms of the base differ by no more are as usual, however alike others. */
  private static final double LEAST_DIFFERENCE = 0.02;

  private TurnLevel() {}

  /**
   * The figures of each arm, one for each fork.
   *
   * @param rounds of each arm and each fork the times of the rounds
   */
  static List<double[]> relative(List<List<double[]>> rounds) {
    List<double[]> base = rounds.get(Sampled.BASE);
    List<double[]> again = rounds.get(Sampled.BASE_AGAIN);
    double[] baseByBase = quotients(base, again);
    double[] difference =
        Arrays.stream(baseByBase).map(ratio -> Math.max(ratio, 1 / ratio)).toArray();
    double usual = base.isEmpty() ? 1 : Fence.of(difference, LEAST_DIFFERENCE).most();
    List<double[]> figures = new ArrayList<>();
    for (List<double[]> arm : rounds) {
      double[] byBase = quotients(arm, base);
      double[] byAgain = quotients(arm, again);
      figures.add(
          IntStream.range(0, arm.size())
              .mapToDouble(fork -> {
                if (difference[fork] <= usual) {
                  return Math.sqrt(byBase[fork] * byAgain[fork]);
                }
                return baseByBase[fork] < 1 ? byBase[fork] : byAgain[fork];
              })
              .toArray());
    }
    return figures;
  }

  /** Of each fork the median of what its rounds take by those of another arm. */
  private static double[] quotients(List<double[]> arm, List<double[]> other) {
    return IntStream.range(0, arm.size())
        .mapToDouble(fork -> quotient(arm.get(fork), other.get(fork)))
        .toArray();
  }

  private static double quotient(double[] rounds, double[] others) {
    return Samples.median(
        IntStream.range(0, rounds.length).mapToDouble(i -> rounds[i] / others[i]).toArray());
  }
}
