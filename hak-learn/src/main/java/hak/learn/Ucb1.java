package hak.learn;

import java.util.Arrays;

/**
 * Chooses among arms by the upper bound of what each may be worth: {@code mean + width * sqrt(ln N
 * / n)}, each arm once first. An arm that is tried seldom has a wide bound, so it is tried again,
 * ever more rarely.
 *
 * <p>After Auer, Cesa-Bianchi, Fischer: "Finite-time Analysis of the Multiarmed Bandit Problem",
 * Machine Learning 47, 2002, whose width is sqrt 2.
 *
 * <p>For one thread.
 */
public final class Ucb1 {
  /** HAKMEM's width. */
  public static final double USUAL_WIDTH = 1.5;

  private final double width;
  private final long[] trials;
  private final double[] sums;
  private long total;

  /**
   * Begins with no trial.
   *
   * @param arms how many there are, 1 or more
   * @param width of the bound; 0 or more, finite
   * @throws IllegalArgumentException if one is out of range
   */
  public Ucb1(int arms, double width) {
    Observation.require(arms >= 1, "arms", arms, "1 or more");
    Observation.require(
        width >= 0 && Observation.isUsable(width), "width", width, "0 or more, and finite");
    this.width = width;
    trials = new long[arms];
    sums = new double[arms];
  }

  /** The arm to try next; of equal ones the first. */
  public int choose() {
    int best = 0;
    for (int arm = 0; arm < trials.length; arm++) {
      if (score(arm) > score(best)) {
        best = arm;
      }
    }
    return best;
  }

  /**
   * Takes in what a trial was worth.
   *
   * @param reward in [0, 1]; another one is left out
   */
  public void reward(int arm, double reward) {
    if (Observation.isShare(reward)) {
      trials[arm]++;
      sums[arm] += reward;
      total++;
    }
  }

  /** The upper bound of an arm; infinite before its first trial. */
  public double score(int arm) {
    return trials[arm] == 0
        ? Double.POSITIVE_INFINITY
        : mean(arm) + width * Math.sqrt(Math.log((double) total) / trials[arm]);
  }

  /** What the trials of an arm were worth on average; NaN before the first. */
  public double mean(int arm) {
    return sums[arm] / trials[arm];
  }

  /** How often an arm was tried. */
  public long trials(int arm) {
    return trials[arm];
  }

  /** Forgets all trials. */
  public void forget() {
    Arrays.fill(trials, 0);
    Arrays.fill(sums, 0);
    total = 0;
  }
}
