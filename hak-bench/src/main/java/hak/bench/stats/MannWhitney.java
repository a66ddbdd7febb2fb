package hak.bench.stats;

import java.util.Arrays;
import java.util.List;

/**
 * The Mann-Whitney U test (Wilcoxon's rank sum test), two-sided: how likely two samples are at
 * least as far apart as they are if both are of one distribution.
 *
 * <p>Exact, by counting all ways of dealing the ranks out, also where values are equal: these share
 * the mean of their ranks (the shift algorithm of Streitberg and Roehmel, 1986). The time grows
 * with the fourth power of the number of values; of two times a hundred it is well below a second.
 *
 * <p>Of several strata, the sum of the rank sums (P. van Elteren, 1960), exact as well: values are
 * compared within their stratum alone, so one far out counts as one rank there and no more.
 */
public final class MannWhitney {
  private MannWhitney() {}

  /** Of all pairs of a value of each those in which the first is greater; equal ones by half. */
  public static double u(double[] first, double[] second) {
    double greater = 0;
    for (double a : first) {
      for (double b : second) {
        greater += a > b ? 1 : a == b ? 0.5 : 0;
      }
    }
    return greater;
  }

  /** The p-value of two samples of at least one value each. */
  public static double pValue(double[] first, double[] second) {
    return pValue(List.of(first), List.of(second));
  }

  /**
   * The p-value of pairs of samples, each pair a stratum.
   *
   * @param firsts one or more, of at least one value each
   * @param seconds as many
   */
  public static double pValue(List<double[]> firsts, List<double[]> seconds) {
    double[] chances = {1};
    int sum = 0;
    for (int i = 0; i < firsts.size(); i++) {
      double[] first = firsts.get(i);
      int[] ranks = doubledRanks(first, seconds.get(i));
      sum += Arrays.stream(ranks, 0, first.length).sum();
      chances = added(chances, chances(ranks, first.length));
    }
    double upToSum = Arrays.stream(chances, 0, sum + 1).sum();
    double fromSum = Arrays.stream(chances, sum, chances.length).sum();
    return Math.min(1, 2 * Math.min(upToSum, fromSum));
  }

  /** How likely each sum of {@code size} of the ranks is. */
  private static double[] chances(int[] ranks, int size) {
    double[] ways = ways(ranks, size);
    double all = Arrays.stream(ways).sum();
    return Arrays.stream(ways).map(way -> way / all).toArray();
  }

  /** How likely each sum of two independent numbers is. */
  private static double[] added(double[] one, double[] other) {
    double[] sums = new double[one.length + other.length - 1];
    for (int i = 0; i < one.length; i++) {
      for (int k = 0; k < other.length; k++) {
        sums[i + k] += one[i] * other[k];
      }
    }
    return sums;
  }

  /** Twice the rank of each value among all, first those of {@code first}: whole numbers. */
  private static int[] doubledRanks(double[] first, double[] second) {
    double[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return Arrays.stream(all).mapToInt(value -> doubledRank(all, value)).toArray();
  }

  private static int doubledRank(double[] all, double value) {
    int below = (int) Arrays.stream(all).filter(other -> other < value).count();
    int upTo = (int) Arrays.stream(all).filter(other -> other <= value).count();
    return below + 1 + upTo;
  }

  /** How many choices of {@code size} of the ranks have each sum. */
  private static double[] ways(int[] ranks, int size) {
    double[][] ways = new double[size + 1][Arrays.stream(ranks).sum() + 1];
    ways[0][0] = 1;
    int reached = 0;
    for (int rank : ranks) {
      reached += rank;
      for (int chosen = size; chosen > 0; chosen--) {
        for (int sum = reached; sum >= rank; sum--) {
          ways[chosen][sum] += ways[chosen - 1][sum - rank];
        }
      }
    }
    return ways[size];
  }
}
