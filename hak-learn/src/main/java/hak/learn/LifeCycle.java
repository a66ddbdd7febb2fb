package hak.learn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * From what a learner proposes to what is in force, window by window: a value is tried before it is
 * kept, and goes back when it does not gain.
 *
 * <pre>
 *            the same proposed for calmWindows,
 *            and it is not in force
 *   LEARN --------------------------------------&gt; CANARY     the proposed value is in force
 *     |  ^                                        |    |
 *     |  | cost has changed, and the cool-down    |    | gains leastGain: kept
 *     |  | is over                                |    | else: rolled back
 *     |  |                                        v    v
 *     +--+--------------------------------------&gt; FROZEN     nothing moves
 *       what is in force is proposed; or no
 *       agreement within learnWindows
 * </pre>
 *
 * <p>What these steps come to has a name, {@link #course}. Two of them end learning for the longest
 * cool-down, with a value that is known: one that would be tried for the second time after it was
 * given up for that in force (OSCILLATES), which stays; and a cost that has grown at {@value
 * #MOST_RISES} returns in a row (DIVERGES), after which what it began with is in force.
 *
 * <p>What a trial is held against is the cost of the last windows before it, under what was in
 * force then. A window that costs far more ends a trial at once. A learner that never agrees with
 * itself, and costs that change for ever, end up FROZEN: each return to LEARN doubles the next
 * cool-down.
 *
 * <p>Every step has a reason in {@link #decisions}. Time is the number of windows, so tests need no
 * clock. For one thread.
 *
 * @param <P> what is decided; compared by {@code equals}
 */
public final class LifeCycle<P> {
  /** How far a decision is. */
  public enum State {
    /** Costs are measured under what is in force, and proposals are waited for. */
    LEARN,
    /** A proposal is in force on trial. */
    CANARY,
    /** What is in force stays. */
    FROZEN
  }

  /**
   * When something happens.
   *
   * @param calmWindows for so many windows the proposal must be the same, 1 or more
   * @param learnWindows after so many windows without one, learning ends
   * @param canaryWindows how long a trial is, 1 or more
   * @param leastGain a trial must cost less by this part, in [0, 1)
   * @param mostHarm a window that costs more by this part ends a trial, above 0
   * @param shortestCooldown windows from a return to LEARN to the next, at first
   * @param longestCooldown the same, at most
   */
  public record Rules(
      int calmWindows,
      int learnWindows,
      int canaryWindows,
      double leastGain,
      double mostHarm,
      long shortestCooldown,
      long longestCooldown) {
    /** HAKMEM's trial of 3 to 5 windows, and its bound of 1 % for what is a gain. */
    public static final Rules USUAL = new Rules(3, 12, 4, 0.01, 0.10, 8, 256);

    /**
     * Checks all of them.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Rules {
      Observation.require(calmWindows >= 1, "calmWindows", calmWindows, "1 or more");
      Observation.require(
          learnWindows >= calmWindows, "learnWindows", learnWindows, "calmWindows or more");
      Observation.require(canaryWindows >= 1, "canaryWindows", canaryWindows, "1 or more");
      Observation.require(leastGain >= 0 && leastGain < 1, "leastGain", leastGain, "in [0, 1)");
      Observation.require(
          mostHarm > 0 && Observation.isUsable(mostHarm), "mostHarm", mostHarm, "above 0");
      new Cooldown(shortestCooldown, longestCooldown); // refuses what is out of range
    }
  }

  /**
   * A step from one state to another, or the beginning.
   *
   * @param window in which window, from 0
   * @param to the state from then on
   * @param inForce what is in force from then on
   * @param reason a phrase with the figures
   * @param course what it has come to with this step
   */
  public record Decision<P>(long window, State to, P inForce, String reason, Course course) {}

  /** What was kept, from a window on. */
  private record Kept<P>(P value, long window) {}

  private static final int MOST_DECISIONS = 256;

  /** Changes of cost are looked for in parts of the first cost: slack and sum. */
  private static final double SLACK = 0.05;

  private static final double THRESHOLD = 0.5;
  private static final int LEAST_FROZEN = 5;

  /** To and fro, and to it again, is a third change: so many values are remembered. */
  private static final int MOST_KEPT = 3;

  private static final int MOST_RISES = 3;

  private final Rules rules;
  private final Cooldown cooldown;
  private final Deque<Decision<P>> decisions = new ArrayDeque<>();
  private final PageHinkley change = new PageHinkley(SLACK, THRESHOLD, LEAST_FROZEN);

  /** The last values that were kept, the one in force last. */
  private final Deque<Kept<P>> kept = new ArrayDeque<>();

  private final P first;

  private long window;
  private State state;
  private Course course = Course.UNDECIDED;

  /** At so many returns in a row the cost had grown, at the last to so much. */
  private int rises;

  private double risen;

  private long since;
  private P inForce;

  /** What was in force before the trial. */
  private P fallback;

  private P lastProposed;
  private int calm;

  /** The costs of the last windows under what is in force, calmWindows at most while learning. */
  private final List<Double> costs = new ArrayList<>();

  /** What a trial is held against; while frozen, what changes are parts of. */
  private double reference;

  /**
   * Begins to learn.
   *
   * @param first what is in force at first
   */
  public LifeCycle(P first, Rules rules) {
    this.rules = rules;
    cooldown = new Cooldown(rules.shortestCooldown(), rules.longestCooldown());
    this.first = first;
    keep(first);
    enter(State.LEARN, Course.UNDECIDED, "begins");
  }

  /**
   * A window has ended.
   *
   * @param cost what it cost under what was in force; one that is not above 0 and finite is left
   *     out
   * @param proposed what the learner would have now
   * @return what is in force in the next window
   */
  public P window(double cost, P proposed) {
    boolean measured = cost > 0 && Observation.isUsable(cost);
    calm = proposed.equals(lastProposed) ? calm + 1 : 1;
    lastProposed = proposed;
    switch (state) {
      case LEARN -> learn(cost, measured, proposed);
      case CANARY -> tryOut(cost, measured);
      case FROZEN -> watch(cost, measured);
    }
    window++;
    return inForce;
  }

  private void learn(double cost, boolean measured, P proposed) {
    if (measured) {
      costs.add(cost);
      if (costs.size() > rules.calmWindows()) {
        costs.removeFirst();
      }
    }
    long learned = window - since + 1;
    if (calm >= rules.calmWindows() && learned >= rules.calmWindows() && isMeasured()) {
      if (proposed.equals(inForce)) {
        freeze(Course.CONVERGED, "what is in force was proposed for " + calm + " windows");
      } else if (isToAndFro(proposed)) {
        cooldown.rest(window);
        freeze(Course.OSCILLATES, "what is proposed was kept and given up before; this stays");
      } else {
        fallback = inForce;
        inForce = proposed;
        reference = mean();
        enter(
            State.CANARY,
            course,
            "proposed for " + calm + " windows; cost so far " + shown(reference));
      }
    } else if (learned >= rules.learnWindows()) {
      freeze(
          calm < rules.calmWindows() ? Course.OSCILLATES : Course.UNDECIDED,
          "no proposal lasted " + rules.calmWindows() + " of " + learned + " windows");
    }
  }

  /** Whether it was kept, given up for what is in force, and all of that lately. */
  private boolean isToAndFro(P proposed) {
    List<Kept<P>> last = List.copyOf(kept);
    return last.size() == MOST_KEPT
        && last.get(0).value().equals(inForce)
        && last.get(1).value().equals(proposed)
        && window - last.get(0).window() < rules.longestCooldown();
  }

  private void keep(P value) {
    inForce = value;
    if (kept.size() == MOST_KEPT) {
      kept.removeFirst();
    }
    kept.addLast(new Kept<>(value, window));
  }

  private boolean isMeasured() {
    return costs.size() >= rules.calmWindows();
  }

  private void tryOut(double cost, boolean measured) {
    if (measured) {
      costs.add(cost);
      if (cost > reference * (1 + rules.mostHarm())) {
        rollBack(
            Course.DIVERGES,
            "a window cost " + shown(cost) + " where it had been " + shown(reference));
        return;
      }
    }
    if (window - since < rules.canaryWindows()) {
      return;
    }
    if (2 * costs.size() < rules.canaryWindows()) {
      rollBack(Course.UNDECIDED, "only " + costs.size() + " windows were measured");
    } else if (mean() <= reference * (1 - rules.leastGain())) {
      keep(inForce);
      freeze(
          Course.CONVERGED,
          "kept: cost " + shown(mean()) + " where it had been " + shown(reference));
    } else {
      rollBack(
          Course.CONVERGED,
          "no gain: cost " + shown(mean()) + " where it had been " + shown(reference));
    }
  }

  private void rollBack(Course to, String reason) {
    inForce = fallback;
    freeze(to, "rolled back: " + reason);
  }

  private void watch(double cost, boolean measured) {
    if (!measured) {
      return;
    }
    if (reference == 0) {
      reference = cost;
    }
    if (window - since >= rules.longestCooldown()) {
      course = Course.CONVERGED; // whatever it was stopped for is over
    }
    if (!change.add(cost / reference) || !cooldown.isReady(window)) {
      return;
    }
    rises = cost > Math.max(reference, risen) * (1 + SLACK) ? rises + 1 : 0;
    risen = rises == 0 ? 0 : cost;
    if (rises == MOST_RISES) {
      rises = 0;
      risen = 0;
      cooldown.rest(window);
      keep(first);
      freeze(
          Course.DIVERGES,
          "rolled back to the first: cost has grown "
              + MOST_RISES
              + " times in a row, from "
              + shown(reference)
              + " to "
              + shown(cost));
    } else {
      cooldown.use(window);
      enter(
          State.LEARN,
          Course.RELEARNS,
          "cost has changed from "
              + shown(reference)
              + " to "
              + shown(cost)
              + "; next time not within "
              + cooldown.nextWait()
              + " windows");
    }
  }

  private void freeze(Course to, String reason) {
    enter(State.FROZEN, to, reason);
    reference = 0;
    change.reset();
  }

  private void enter(State to, Course comesTo, String reason) {
    state = to;
    course = comesTo;
    since = window;
    costs.clear();
    if (to == State.LEARN) {
      calm = 0;
    }
    if (decisions.size() == MOST_DECISIONS) {
      decisions.removeFirst();
    }
    decisions.addLast(new Decision<>(window, to, inForce, reason, course));
  }

  private double mean() {
    return costs.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static String shown(double cost) {
    return String.format(Locale.ROOT, "%.4g", cost);
  }

  /** How far it is. */
  public State state() {
    return state;
  }

  /** What the steps so far come to. */
  public Course course() {
    return course;
  }

  /** What is in force; during a trial, what was before it and is gone back to. */
  public P incumbent() {
    return state == State.CANARY ? fallback : inForce;
  }

  /** What is in force. */
  public P inForce() {
    return inForce;
  }

  /** The last 256 steps, the oldest first. */
  public List<Decision<P>> decisions() {
    return List.copyOf(decisions);
  }
}
