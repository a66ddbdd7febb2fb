package hak.learn;

import java.util.Arrays;

/**
 * One quantile of a stream, in constant memory, without keeping the values: the P-square algorithm.
 *
 * <pre>
 *   height[0] = least   height[2] = the quantile   height[4] = largest
 *   place[i]  = how many values are at or below height[i]
 *   height[0] &lt;= height[1] &lt;= ... &lt;= height[4]      place[0] &lt; place[1] &lt; ... &lt; place[4]
 * </pre>
 *
 * <p>Each value moves the markers above it by one place; a marker that is a place or more from
 * where it should be moves by one, its height along a parabola through its neighbours, or along a
 * line where the parabola would pass one of them. After Jain, Chlamtac: "The P-square Algorithm for
 * Dynamic Calculation of Quantiles and Histograms Without Storing Observations", CACM 28 (10),
 * 1985.
 *
 * <p>For one thread. A value that is not finite, or beyond 1e100, is left out.
 */
public final class Quantile {
  private static final int MARKERS = 5;
  private static final int MIDDLE = 2;

  private final double share;
  private final double[] height = new double[MARKERS];
  private final long[] place = {1, 2, 3, 4, 5};
  private final double[] step;
  private long count;

  /**
   * Begins with no value.
   *
   * @param share which one: 0.5 is the median; above 0 and below 1
   * @throws IllegalArgumentException if it is out of range
   */
  public Quantile(double share) {
    Observation.require(share > 0 && share < 1, "share", share, "above 0 and below 1");
    this.share = share;
    step = new double[] {0, share / 2, share, (1 + share) / 2, 1};
  }

  /** Takes in a value. */
  public void add(double value) {
    if (!Observation.isUsable(value)) {
      return;
    }
    if (count < MARKERS) {
      height[(int) count++] = value;
      Arrays.sort(height, 0, (int) count);
      return;
    }
    count++;
    for (int i = cellOf(value) + 1; i < MARKERS; i++) {
      place[i]++;
    }
    for (int i = 1; i < MARKERS - 1; i++) {
      settle(i);
    }
  }

  /** The marker below which the value is not; the outer ones move to take it in. */
  private int cellOf(double value) {
    if (value < height[0]) {
      height[0] = value;
      return 0;
    }
    if (value >= height[MARKERS - 1]) {
      height[MARKERS - 1] = value;
      return MARKERS - 2;
    }
    int cell = 0;
    while (value >= height[cell + 1]) {
      cell++;
    }
    return cell;
  }

  private void settle(int i) {
    double off = 1 + step[i] * (count - 1) - place[i];
    if (off >= 1 && place[i + 1] - place[i] > 1) {
      move(i, 1);
    } else if (off <= -1 && place[i - 1] - place[i] < -1) {
      move(i, -1);
    }
  }

  private void move(int i, int by) {
    double parabolic = parabola(i, by);
    height[i] = height[i - 1] < parabolic && parabolic < height[i + 1] ? parabolic : line(i, by);
    place[i] += by;
  }

  private double parabola(int i, int by) {
    double below = place[i] - place[i - 1];
    double above = place[i + 1] - place[i];
    return height[i]
        + by
            / (below + above)
            * ((below + by) * (height[i + 1] - height[i]) / above
                + (above - by) * (height[i] - height[i - 1]) / below);
  }

  private double line(int i, int by) {
    return height[i] + (height[i + by] - height[i]) / Math.abs(place[i + by] - place[i]);
  }

  /** How many values were taken in. */
  public long count() {
    return count;
  }

  /** The quantile: exact up to five values, estimated from there on; NaN without a value. */
  public double value() {
    if (count == 0) {
      return Double.NaN;
    }
    return count <= MARKERS ? height[(int) Math.ceil(share * count) - 1] : height[MIDDLE];
  }
}
