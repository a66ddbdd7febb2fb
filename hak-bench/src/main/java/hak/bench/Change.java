package hak.bench;

import hak.bench.peer.Match;

/** What a ratio of times says: of a first by a second, where less is better. */
public enum Change {
  /** The first takes less. */
  FASTER("faster"),

  /** The first takes more. */
  SLOWER("slower"),

  /** No difference was shown; which is not to say that there is none. */
  WITHIN_NOISE("within noise");

  private static final double SIGNIFICANT = 0.05;
  private static final double THRESHOLD = 0.01;

  /**
   * Processes of the same stack differ by so much, for what the JIT compiler made of it and where
   * memory came to lie; rounds of one process tell nothing of that.
   */
  private static final double THRESHOLD_OF_ROUNDS = 0.05;

  private final String text;

  Change(String text) {
    this.text = text;
  }

  /**
   * Faster or slower when the interval leaves out 1 by more than a threshold and the p-value is
   * below 5 %. The threshold is a percent where forks are the samples, else five.
   *
   * @param pValue of a test of both samples, corrected for the number of rows
   * @param forks of the one of the two that has fewer
   */
  public static Change of(Ratio ratio, double pValue, int forks) {
    double threshold = forks < Match.FORKS_FOR_SAMPLES ? THRESHOLD_OF_ROUNDS : THRESHOLD;
    if (pValue >= SIGNIFICANT) {
      return WITHIN_NOISE;
    }
    if (ratio.high() < 1 - threshold) {
      return FASTER;
    }
    return ratio.low() > 1 + threshold ? SLOWER : WITHIN_NOISE;
  }

  @Override
  public String toString() {
    return text;
  }
}
