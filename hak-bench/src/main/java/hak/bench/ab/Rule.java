package hak.bench.ab;

import hak.bench.Ratio;

/**
 * When a difference is one: the interval of the ratio leaves out 1 by more than a threshold, and
 * the corrected p-value is below {@value #SIGNIFICANT}.
 *
 * <p>The test alone would call any difference one that enough forks can show; the interval alone is
 * wrong in one of twenty rows, and ten rows have a wrong one more often than not.
 *
 * @param threshold a fraction: 0.01 is a percent
 */
public record Rule(double threshold) {
  private static final double SIGNIFICANT = 0.05;

  /**
   * The fewest forks of an arm that can show a difference: with three, p of a row is 0.1 at best.
   */
  public static final int FEWEST_FORKS = 4;

  /**
   * The verdict.
   *
   * @param ratio the changed stack by the base; less is better
   * @param pValue corrected
   */
  public Verdict verdict(Ratio ratio, double pValue) {
    if (pValue >= SIGNIFICANT) {
      return Verdict.NEUTRAL;
    }
    if (ratio.high() < 1 - threshold) {
      return Verdict.GO;
    }
    return ratio.low() > 1 + threshold ? Verdict.NO_GO : Verdict.NEUTRAL;
  }
}
