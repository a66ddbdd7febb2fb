package hak.box.wmax;

import hak.core.spi.LearningWindow;
import hak.learn.ArmSearch;

/**
 * Decides from which size on a larger block serves, round by round; a round is {@value
 * #ROUND_WINDOWS} windows.
 *
 * <p>Nothing foretells what another W_MAX would cost: which classes have blocks at hand depends on
 * which served before. So each of a few is tried, in the order of UCB1, and one that does not cost
 * {@value #LEAST_GAIN} less is rolled back ({@link ArmSearch}). A round in which every class had a
 * block at hand is none. For one thread. Time is what windows say.
 */
final class WMaxLearner {
  /** What it sets, in per cent of a request. */
  static final String KEY = "tier.mid.w-max";

  /** So many windows are a round. */
  static final int ROUND_WINDOWS = 4;

  /**
   * What is tried: none, what lets a further class of four steps a doubling serve (8 KiB for 7, 6
   * for 5, 8 for 6), all that the tier allows.
   */
  private static final long[] PERCENTS = {100, 134, 150, 160, 200};

  private static final double LEAST_GAIN = 0.05;

  /** A round that costs twice as much ends a trial. */
  private static final double MOST_HARM = 1.0;

  /** A window that is longer, in seconds, is passed over: the stack slept. */
  private static final double LONGEST_SECONDS = 240;

  private final TierCosts costs;
  private int windows;

  /** null before the first window. */
  private ArmSearch search;

  WMaxLearner(TierCosts costs) {
    this.costs = costs;
  }

  /** A window has ended. */
  void window(LearningWindow window) {
    long inForce = window.value(KEY);
    double seconds = window.seconds();
    if (!(seconds > 0)) {
      return;
    }
    if (search == null || search.inForce() != inForce) {
      search = new ArmSearch(PERCENTS, inForce, LEAST_GAIN, MOST_HARM);
    }
    if (seconds > LONGEST_SECONDS) {
      costs.pass();
      return;
    }
    costs.look(seconds);
    if (++windows >= ROUND_WINDOWS) {
      windows = 0;
      if (costs.isMeasured()) {
        decide(window);
      }
      costs.endRound();
    }
  }

  private void decide(LearningWindow window) {
    long next = search.round(costs.cost());
    if (!search.step().isEmpty()) {
      window.set(KEY, next, search.step() + "; " + costs);
    }
  }
}
