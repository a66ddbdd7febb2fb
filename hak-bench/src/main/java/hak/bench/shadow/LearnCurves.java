package hak.bench.shadow;

import java.util.List;

/**
 * What calls would have cost with each capacity, window by window: first those of the round that
 * counts, then those of the rounds that decide. A step of window {@code w} is at {@code counted +
 * w}.
 *
 * @param counted how many windows the round has that counts
 * @param curves one for each capacity, ascending; the first is no cache
 */
public record LearnCurves(int counted, List<Curve> curves) {
  /**
   * One capacity.
   *
   * @param capacity in blocks for a thread and class; 0 = no cache
   * @param costs of each window what a call took on average, where 1 is without a cache
   */
  public record Curve(int capacity, List<Double> costs) {
    /** Copies the list. */
    public Curve {
      costs = List.copyOf(costs);
    }
  }

  /** Copies the list. */
  public LearnCurves {
    curves = List.copyOf(curves);
  }

  /** The curve of a capacity. */
  public Curve curve(int capacity) {
    return curves.stream().filter(curve -> curve.capacity() == capacity).findFirst().orElseThrow();
  }
}
