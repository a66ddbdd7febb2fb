package hak.learn;

/**
 * Notices that the mean of a stream has changed, up or down.
 *
 * <pre>
 *   rise = max(0, rise + value - mean - slack)     mean = of all values since the last change
 *   fall = max(0, fall + mean - value - slack)
 *   a change: one of them is above the threshold; all begins anew
 * </pre>
 *
 * <p>Small wandering is eaten by the slack; what stays beyond it adds up. After Page: "Continuous
 * Inspection Schemes", Biometrika 41, 1954, and Hinkley: "Inference about the Change-point from
 * Cumulative Sum Tests", Biometrika 58, 1971.
 *
 * <p>For one thread. A value that is not finite, or beyond 1e100, is left out.
 */
public final class PageHinkley {
  private final double slack;
  private final double threshold;
  private final long leastCount;
  private long count;
  private double mean;
  private double rise;
  private double fall;

  /**
   * Begins with no value.
   *
   * @param slack how far from the mean a value is no sign of a change; 0 or more
   * @param threshold how much beyond the slack adds up to a change; above 0
   * @param leastCount no change is found before so many values, 1 or more
   * @throws IllegalArgumentException if one is out of range
   */
  public PageHinkley(double slack, double threshold, long leastCount) {
    Observation.require(
        slack >= 0 && Observation.isUsable(slack), "slack", slack, "0 or more, and finite");
    Observation.require(
        threshold > 0 && Observation.isUsable(threshold),
        "threshold",
        threshold,
        "above 0, and finite");
    Observation.require(leastCount >= 1, "leastCount", leastCount, "1 or more");
    this.slack = slack;
    this.threshold = threshold;
    this.leastCount = leastCount;
  }

  /** Takes in a value; whether the mean has changed, in which case it has begun anew. */
  public boolean add(double value) {
    if (!Observation.isUsable(value)) {
      return false;
    }
    count++;
    mean += (value - mean) / count;
    rise = Math.max(0, rise + value - mean - slack);
    fall = Math.max(0, fall + mean - value - slack);
    if (count < leastCount || Math.max(rise, fall) <= threshold) {
      return false;
    }
    reset();
    return true;
  }

  /** Begins anew. */
  public void reset() {
    count = 0;
    mean = 0;
    rise = 0;
    fall = 0;
  }

  /** The mean of the values since the last change; 0 without one. */
  public double mean() {
    return mean;
  }
}
