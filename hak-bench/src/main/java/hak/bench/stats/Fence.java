package hak.bench.stats;

/**
 * What is usual among some values, whatever up to a quarter of them are: Tukey's fences, one and a
 * half times the range of the quartiles beyond these (J. W. Tukey, "Exploratory Data Analysis",
 * 1977).
 *
 * @param least the least usual value
 * @param most the largest
 */
public record Fence(double least, double most) {
  private static final double QUARTILE = 0.25;
  private static final double RANGES = 1.5;

  /**
   * The fence of values.
   *
   * @param leastPart as near to the quartiles as this part of the median everything is usual, even
   *     if all values are nearer to each other
   */
  public static Fence of(double[] values, double leastPart) {
    double first = Samples.quantile(values, QUARTILE);
    double third = Samples.quantile(values, 1 - QUARTILE);
    double margin = Math.max(RANGES * (third - first), leastPart * Samples.median(values));
    return new Fence(first - margin, third + margin);
  }

  /** Whether a value is within. */
  public boolean has(double value) {
    return value >= least && value <= most;
  }
}
