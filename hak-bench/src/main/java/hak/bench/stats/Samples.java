package hak.bench.stats;

import java.util.Arrays;
import java.util.List;

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

  /** The values as a list. */
  public static List<Double> listOf(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** The least value. */
  public static double least(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  /** The value below which this part of all is, between two values in proportion. */
  public static double quantile(double[] values, double part) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double rank = part * (sorted.length - 1);
    int below = (int) rank;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }

  /** The mean. */
  public static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  /** The standard deviation; 0 of one value. */
  public static double deviation(double[] values) {
    double mean = mean(values);
    double sum = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return values.length == 1 ? 0 : Math.sqrt(sum / (values.length - 1));
  }
}
