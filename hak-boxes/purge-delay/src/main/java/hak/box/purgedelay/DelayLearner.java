package hak.box.purgedelay;

import hak.core.spi.LearningWindow;
import hak.learn.LifeCycle;

/**
 * Decides on the purge delay, round by round; a round is so many windows that each delay shows what
 * it does in a few of them.
 *
 * <p>What a delay would have cost ({@link DelayCosts}) is a proposal; what rounds really cost under
 * it decides whether it stays ({@link LifeCycle}). A delay that would not have cost 5 % less than
 * the one that holds is not proposed: what wanders about the best is left alone.
 *
 * <p>After a change, rounds in which pages are still what the other delay made of them are held
 * against nobody. A round in which no page was idle and none came back is none. A delay of 0,
 * memory back on {@code trim()} alone, is the wish of the profile and stays.
 *
 * <p>For one thread. Time is what windows say.
 */
final class DelayLearner {
  /** What it sets. */
  static final String KEY = "stack.purge-delay";

  /** A round has so many windows at least. */
  static final int LEAST_WINDOWS = 8;

  /** The longest delay has so many rounds at most. */
  private static final int ROUNDS_OF_DELAY = 4;

  private static final double LEAST_GAIN = 0.05;

  /**
   * A trial has twice as many rounds as a delay at most, for the first half may be passed over. A
   * round of a load that comes in waves may cost thrice what another does.
   */
  private static final LifeCycle.Rules RULES =
      new LifeCycle.Rules(4, 12, 2 * ROUNDS_OF_DELAY, LEAST_GAIN, 2.0, 8, 256);

  /** A window that is more times as long as it should be is not counted. */
  private static final double MOST_STRETCH = 4;

  private final DelayGrid options;
  private final double worthSeconds;

  /** The options and the delay of the profile; null, as what follows, before the first window. */
  private DelayGrid grid;

  private DelayCosts costs;
  private LifeCycle<Long> life;
  private int roundWindows;
  private int windows;

  /** Rounds to come that are not to be measured: pages are as another delay made them. */
  private int settling;

  /** Steps of the life cycle that were told. */
  private LifeCycle.Decision<Long> told;

  DelayLearner(DelayGrid options, double worthSeconds) {
    this.options = options;
    this.worthSeconds = worthSeconds;
  }

  /** A window has ended. */
  void window(LearningWindow window, IdlePages pages) {
    long inForce = window.value(KEY);
    double passed = window.seconds() * 1_000 / options.windowMillis();
    if (inForce == 0 || !(passed > 0) || Double.isInfinite(passed)) {
      return;
    }
    if (grid == null || grid.indexOf(inForce) < 0) {
      begin(inForce);
    }
    int whole = Math.clamp(Math.round(passed), 1, Short.MAX_VALUE);
    if (passed > MOST_STRETCH) {
      pages.look(whole, IdlePages.NOBODY);
      return;
    }
    costs.begin(window.seconds());
    pages.look(whole, costs);
    if (++windows >= roundWindows) {
      windows = 0;
      if (costs.isMeasured()) {
        decide(window, inForce);
      }
      costs.endRound();
    }
  }

  private void begin(long inForce) {
    grid = options.with(inForce);
    costs = new DelayCosts(grid, worthSeconds);
    life = new LifeCycle<>(inForce, RULES);
    told = life.decisions().getLast();
    roundWindows = Math.max(LEAST_WINDOWS, Math.ceilDiv(grid.mostWindows(), ROUNDS_OF_DELAY));
    windows = 0;
    settling = 0;
  }

  private void decide(LearningWindow window, long inForce) {
    int best = costs.best();
    boolean gains = costs.cost(best) < costs.cost(grid.indexOf(inForce)) * (1 - LEAST_GAIN);
    long next =
        life.window(
            settling > 0 ? Double.NaN : costs.actual(), gains ? grid.millis(best) : inForce);
    settling = Math.max(0, settling - 1);
    if (next != inForce) {
      int longer = grid.windows(grid.indexOf(Math.max(inForce, next)));
      settling = Math.ceilDiv(longer, roundWindows);
    }
    LifeCycle.Decision<Long> last = life.decisions().getLast();
    if (!last.equals(told)) {
      told = last;
      window.set(KEY, next, last.to() + ", " + last.reason() + "; " + costs);
    }
  }
}
