package hak.box.cap;

import hak.core.memory.KeepBudget;
import hak.core.spi.LearningWindow;
import hak.learn.Cooldown;
import hak.learn.FairShare;
import java.util.Locale;

/**
 * Divides the budget between superslabs and big blocks, a step in a round at most.
 *
 * <p>Each says by its hit rate what it wants ({@link Keeper}). The budget is filled in like water
 * ({@link FairShare}): who wants little gets that, the other one the rest; if both want more than
 * there is, nobody has more than the other but by what that one does not want. What nobody wants is
 * divided as the rest is. So the parts are the whole budget, always.
 *
 * <p>The division moves towards that by at most 10 %, and not at all by less than 5. Each step is a
 * trial: if the round after it misses half as much again as the round before, it is taken back. A
 * step back, by either reason, starts a wait that is twice as long each time ({@link Cooldown}), so
 * a load that flips moves the division ever more rarely.
 *
 * <p>A window in which nothing was wanted of either is none. For one thread. Time is what windows
 * say.
 */
final class CapLearner {
  /** What it sets: the part of superslabs, in percent. */
  static final String KEY = "stack.budget-superslabs";

  /** So many windows are a round. */
  static final int ROUND = 4;

  private static final long LEAST_STEP = 5;
  private static final long MOST_STEP = 10;
  private static final double MOST_HARM = 1.5;
  private static final double MIB = 1 << 20;

  /** So much more may be missed in a round, in MiB, for no reason. */
  private static final double NOISE_MIB = 8;

  /** Waits after a step back, in rounds. */
  private static final int SHORTEST_WAIT = 4;

  private static final int LONGEST_WAIT = 256;

  /** A window that is longer, in seconds, is passed over: the stack slept. */
  private static final double LONGEST_SECONDS = 240;

  private final KeepBudget budget;
  private final double target;
  private final double deadBand;
  private final double leastPercent;
  private final Cooldown cooldown = new Cooldown(SHORTEST_WAIT, LONGEST_WAIT);

  /** null, as the next, before the first window. */
  private Keeper superslabs;

  private Keeper bigBlocks;
  private int windows;
  private long rounds;
  private double missedMib;
  private double hitMib;

  /** The step that is on trial: by how much, and what the round before it missed; 0 = none. */
  private long step;

  private double missedBeforeMib;

  /** The direction of the last step that was kept. */
  private int direction;

  CapLearner(KeepBudget budget, double target, double deadBand, double leastPercent) {
    this.budget = budget;
    this.target = target;
    this.deadBand = deadBand;
    this.leastPercent = leastPercent;
  }

  /** A window has ended. */
  void window(LearningWindow window) {
    long inForce = window.value(KEY);
    double seconds = window.seconds();
    if (!budget.isBounded() || !(seconds > 0)) {
      return;
    }
    if (superslabs == null) {
      begin(inForce);
    }
    if (seconds > LONGEST_SECONDS) {
      superslabs.pass();
      bigBlocks.pass();
      return;
    }
    superslabs.look(seconds);
    bigBlocks.look(seconds);
    double hits = superslabs.hits() + bigBlocks.hits();
    double misses = superslabs.misses() + bigBlocks.misses();
    if (hits + misses == 0) {
      return;
    }
    hitMib += hits / MIB;
    missedMib += misses / MIB;
    if (++windows == ROUND) {
      rounds++;
      decide(window, inForce);
      windows = 0;
      hitMib = 0;
      missedMib = 0;
    }
  }

  private void begin(long inForce) {
    double first = Math.clamp((double) inForce, leastPercent, 100 - leastPercent);
    superslabs = new Keeper(budget.superslabs(), target, deadBand, leastPercent, first);
    bigBlocks = new Keeper(budget.bigBlocks(), target, deadBand, leastPercent, 100 - first);
  }

  private void decide(LearningWindow window, long inForce) {
    if (step != 0 && missedMib > MOST_HARM * missedBeforeMib + NOISE_MIB) {
      double before = missedBeforeMib;
      long back = inForce - step;
      step = 0;
      cooldown.use(rounds);
      begin(back);
      window.set(
          KEY,
          back,
          String.format(
              Locale.ROOT,
              "rolled back: %.0f MiB missed where it had been" + " %.0f",
              missedMib,
              before));
      return;
    }
    step = 0;
    long next = inForce + stepFrom(inForce);
    int towards = Long.signum(next - inForce);
    if (towards == 0 || !cooldown.isReady(rounds)) {
      return;
    }
    if (towards == -direction) {
      cooldown.use(rounds);
    }
    direction = towards;
    step = next - inForce;
    missedBeforeMib = missedMib;
    window.set(KEY, next, evidence());
  }

  private String evidence() {
    return String.format(
        Locale.ROOT,
        "of what the last round wanted %.0f MiB were kept, %.0f MiB missed; superslabs want %.0f"
            + " %%, big blocks %.0f %%",
        hitMib,
        missedMib,
        superslabs.wantedPercent(),
        bigBlocks.wantedPercent());
  }

  /** How far the part of superslabs is to move, in percent; 0 where it is near enough. */
  private long stepFrom(long inForce) {
    long[] wanted = {Math.round(superslabs.wantedPercent()), Math.round(bigBlocks.wantedPercent())};
    long[] parts = FairShare.of(100, wanted);
    long divided = parts[0] + parts[1];
    if (divided == 0) {
      return 0;
    }
    long part = Math.round(100.0 * parts[0] / divided);
    long distance = part - inForce;
    return Math.abs(distance) < LEAST_STEP ? 0 : Math.clamp(distance, -MOST_STEP, MOST_STEP);
  }
}
