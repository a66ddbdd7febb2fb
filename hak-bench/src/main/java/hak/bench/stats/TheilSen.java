package hak.bench.stats;

import hak.bench.stats.Bootstrap.Interval;
import java.util.Arrays;
import java.util.List;

/**
 * The slope of a series that outliers do not move: the median of the slopes between each two of its
 * points. Of several series, which may lie apart, only points of the same one are compared.
 *
 * <p>Sources: Theil, "A rank-invariant method of linear and polynomial regression analysis", 1950;
 * Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63 (1968), which has
 * the interval; Hirsch, Slack and Smith, "Techniques of trend analysis for monthly water quality
 * data", Water Resources Research 18 (1982), which has the median over several series, their
 * variances added up.
 *
 * @param slope the slope; 0 when no two points can be compared
 * @param interval of 95 %, if the points' deviations are independent of each other; null when there
 *     are too few points to tell
 */
public record TheilSen(double slope, Interval interval) {
  /** The quantile of the normal distribution with 2.5 % above it. */
  private static final double Z = 1.959964;

  /** Points in the order of time. */
  public static final class Series {
    private final double[] times;
    private final double[] values;

    /**
     * Makes one; the arrays must not be changed.
     *
     * @param times strictly ascending
     * @param values as many
     */
    public Series(double[] times, double[] values) {
      if (times.length != values.length) {
        throw new IllegalArgumentException(times.length + " times, " + values.length + " values");
      }
      this.times = times;
      this.values = values;
    }

    private int pairs() {
      return times.length * (times.length - 1) / 2;
    }

    /** Of Kendall's S, without ties. */
    private double variance() {
      double n = times.length;
      return n * (n - 1) * (2 * n + 5) / 18;
    }
  }

  /** The slope of one or more series of at most 20,000 points each. */
  public static TheilSen of(List<Series> allSeries) {
    double[] slopes = new double[allSeries.stream().mapToInt(Series::pairs).sum()];
    int count = 0;
    for (Series series : allSeries) {
      for (int later = 1; later < series.times.length; later++) {
        for (int earlier = 0; earlier < later; earlier++) {
          slopes[count++] =
              (series.values[later] - series.values[earlier])
                  / (series.times[later] - series.times[earlier]);
        }
      }
    }
    if (count == 0) {
      return new TheilSen(0, null);
    }
    Arrays.sort(slopes);
    double spread = Z * Math.sqrt(allSeries.stream().mapToDouble(Series::variance).sum());
    double low = (count - spread) / 2 - 1;
    double high = (count + spread) / 2;
    boolean isKnown = low >= 0 && high <= count - 1;
    return new TheilSen(
        Samples.median(slopes), isKnown ? new Interval(at(slopes, low), at(slopes, high)) : null);
  }

  /** The slope at a rank, between two where it is no whole number. */
  private static double at(double[] slopes, double rank) {
    int below = (int) rank;
    int above = Math.min(below + 1, slopes.length - 1);
    double part = rank - below;
    return slopes[below] + part * (slopes[above] - slopes[below]);
  }
}
