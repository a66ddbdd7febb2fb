package hak.learn;

import java.util.random.RandomGenerator;

/**
 * Chooses among arms by a draw from what is believed of each: a beta distribution over the mean of
 * its rewards, from 1 and 1. The arm with the largest draw is tried.
 *
 * <p>Before each reward all beliefs fade by a factor towards 1 and 1, so that what an arm was worth
 * long ago does not outvote what it is worth now. After Thompson: "On the Likelihood that One
 * Unknown Probability Exceeds Another", Biometrika 25, 1933; the fading after Raj, Kalyani: "Taming
 * Non-stationary Bandits", 2017. Gamma variates after Marsaglia, Tsang: "A Simple Method for
 * Generating Gamma Variables", ACM TOMS 26 (3), 2000.
 *
 * <p>For one thread.
 */
public final class ThompsonSampling {
  private final double fading;
  private final double[] gained;
  private final double[] missed;
  private final RandomGenerator random;

  /**
   * Begins with all arms alike.
   *
   * @param arms how many there are, 1 or more
   * @param fading what is left of a belief after a reward: above 0, up to 1 = all of it
   * @param random draws
   * @throws IllegalArgumentException if one is out of range
   */
  public ThompsonSampling(int arms, double fading, RandomGenerator random) {
    Observation.require(arms >= 1, "arms", arms, "1 or more");
    Observation.require(fading > 0 && fading <= 1, "fading", fading, "above 0, up to 1");
    this.fading = fading;
    gained = new double[arms];
    missed = new double[arms];
    this.random = random;
  }

  /** The arm to try next. */
  public int choose() {
    int best = 0;
    double bestDraw = -1;
    for (int arm = 0; arm < gained.length; arm++) {
      double draw = draw(arm);
      if (draw > bestDraw) {
        bestDraw = draw;
        best = arm;
      }
    }
    return best;
  }

  private double draw(int arm) {
    double gain = gamma(1 + gained[arm]);
    return gain / (gain + gamma(1 + missed[arm]));
  }

  /** A gamma variate; {@code shape} is 1 or more. */
  private double gamma(double shape) {
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = random.nextGaussian();
      double root = 1 + c * normal;
      if (root > 0) {
        double cube = root * root * root;
        double accept = normal * normal / 2 + d - d * cube + d * Math.log(cube);
        if (Math.log(random.nextDouble()) < accept) {
          return d * cube;
        }
      }
    }
  }

  /**
   * Takes in what a trial was worth.
   *
   * @param reward in [0, 1]; another one is left out
   */
  public void reward(int arm, double reward) {
    if (!Observation.isShare(reward)) {
      return;
    }
    for (int each = 0; each < gained.length; each++) {
      gained[each] *= fading;
      missed[each] *= fading;
    }
    gained[arm] += reward;
    missed[arm] += 1 - reward;
  }

  /** The mean of what is believed of an arm, in (0, 1); 0.5 before its first trial. */
  public double mean(int arm) {
    return (1 + gained[arm]) / (2 + gained[arm] + missed[arm]);
  }
}
