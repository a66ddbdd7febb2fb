package hak.bench.stats;

import java.util.Arrays;

/** Numbers that sum up a sample of at least one value. */
public final class Samples {
  private Samples() {}

  /** The median; of an even number of values the mean of the middle two. */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The least value. */
  public static double least(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }
}
