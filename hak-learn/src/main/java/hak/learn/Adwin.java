package hak.learn;

import java.util.ArrayList;
import java.util.List;

/**
 * A window over a stream that is as long as the stream stays the same: when two parts of it have
 * means that differ by more than chance explains, the older part is dropped.
 *
 * <pre>
 *   rows[r] = up to 6 sums of 2^r values each, the oldest first; higher rows are older
 *   count = sum of the counts of all sums
 * </pre>
 *
 * <p>So a window of n values takes memory for log n sums. The test is that with the variance of the
 * window; {@code confidence} bounds the share of windows in which a part is dropped though nothing
 * changed. After Bifet, Gavaldà: "Learning from Time-Changing Data with Adaptive Windowing", SDM
 * 2007, the variant ADWIN2.
 *
 * <p>For one thread.
 */
public final class Adwin {
  private static final int MOST_IN_ROW = 6;
  private static final int LEAST_IN_PART = 5;

  /** The sum of so many values, and that of their squares. */
  private record Sum(long count, double sum, double squares) {
    static final Sum NONE = new Sum(0, 0, 0);

    Sum plus(Sum other) {
      return new Sum(count + other.count, sum + other.sum, squares + other.squares);
    }

    Sum minus(Sum other) {
      return new Sum(count - other.count, sum - other.sum, squares - other.squares);
    }

    double mean() {
      return sum / count;
    }

    double variance() {
      return Math.max(0, squares / count - mean() * mean());
    }
  }

  private final double confidence;
  private final List<List<Sum>> rows = new ArrayList<>();
  private Sum all = Sum.NONE;

  /**
   * Begins with no value.
   *
   * @param confidence how probable a false alarm may be: above 0 and below 1; 0.002 is usual
   * @throws IllegalArgumentException if it is out of range
   */
  public Adwin(double confidence) {
    Observation.require(
        confidence > 0 && confidence < 1, "confidence", confidence, "above 0 and below 1");
    this.confidence = confidence;
  }

  /**
   * Takes in a value; whether an older part was dropped.
   *
   * @param value in [0, 1]; another one is left out
   */
  public boolean add(double value) {
    if (!Observation.isShare(value)) {
      return false;
    }
    Sum one = new Sum(1, value, value * value);
    all = all.plus(one);
    put(0, one);
    boolean dropped = false;
    while (hasChanged()) {
      dropOldest();
      dropped = true;
    }
    return dropped;
  }

  /** Puts a sum into a row; two of a row that is too long become one of the next. */
  private void put(int row, Sum sum) {
    if (row == rows.size()) {
      rows.add(new ArrayList<>());
    }
    List<Sum> sums = rows.get(row);
    sums.add(sum);
    if (sums.size() > MOST_IN_ROW) {
      Sum oldest = sums.removeFirst();
      put(row + 1, oldest.plus(sums.removeFirst()));
    }
  }

  /** Whether the means of an older and a newer part differ, wherever the window is parted. */
  private boolean hasChanged() {
    Sum older = Sum.NONE;
    for (List<Sum> sums : rows.reversed()) {
      for (Sum sum : sums) {
        older = older.plus(sum);
        if (differ(older, all.minus(older))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean differ(Sum older, Sum newer) {
    if (older.count() < LEAST_IN_PART || newer.count() < LEAST_IN_PART) {
      return false;
    }
    double inverse = 1.0 / older.count() + 1.0 / newer.count();
    double log = Math.log(2 * Math.log((double) all.count()) / confidence);
    double bound = Math.sqrt(2 * inverse * all.variance() * log) + 2.0 / 3 * inverse * log;
    return Math.abs(older.mean() - newer.mean()) > bound;
  }

  private void dropOldest() {
    List<Sum> sums = rows.getLast();
    all = all.minus(sums.removeFirst());
    while (!rows.isEmpty() && rows.getLast().isEmpty()) {
      rows.removeLast();
    }
  }

  /** How many values the window holds. */
  public long count() {
    return all.count();
  }

  /** The mean of the window; NaN without a value. */
  public double mean() {
    return all.mean();
  }
}
