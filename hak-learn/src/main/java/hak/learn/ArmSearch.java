package hak.learn;

import java.util.stream.LongStream;

/**
 * Searches a few values of one number for the one that costs least: {@link Ucb1} says which is
 * tried next, {@link LifeCycle} whether it is kept, round by round.
 *
 * <pre>
 *   search   up to values + 1 trials: each value once, then the most promising again, as long as it
 *            looks better than what is in force
 *   trial    four rounds under what is in force, six under the value; kept, or rolled back
 *   rest     what is in force stays until its cost changes, and the wait since the last search is
 *            over; waits double
 *
 *   worth of a round = 1 - cost / (2 * cost of the first round of the search), from 0 to 1
 * </pre>
 *
 * <p>A trial must gain more than costs wander by themselves: twice the standard error of the
 * difference of both means, where that is more than the least gain. How much costs wander is seen
 * in rounds that follow each other under the same value; a few of them come before the first trial.
 *
 * <p>So a load for which no value is better than another, or that flips for ever, has ever rarer
 * trials, and all else of its time what was in force before. The first round, and the first after a
 * change, are held against nobody: things begin, or are still as the other value made them.
 *
 * <p>For one thread. Time is the number of rounds.
 */
public final class ArmSearch {
  /** How long a trial is, and the rounds before it. */
  private static final int CALM_ROUNDS = 4;

  private static final int LEARN_ROUNDS = 12;
  private static final int TRIAL_ROUNDS = 6;

  /** Of the difference of the means of both, the standard error by that of one round. */
  private static final double STANDARD_ERROR = Math.sqrt(1.0 / CALM_ROUNDS + 1.0 / TRIAL_ROUNDS);

  /** The standard deviation by the mean difference of two, where costs are normal: sqrt(pi) / 2. */
  private static final double DEVIATION = 0.886;

  /** So many rounds count for what costs wander. */
  private static final int NOISE_ROUNDS = 32;

  /** More is asked of no trial. */
  private static final double MOST_GAIN = 0.9;

  /** Trials beyond one for each value. */
  private static final int MORE_TRIALS = 2;

  /** Waits from the end of a search to the next, in rounds. */
  private static final long SHORTEST_WAIT = 16;

  private static final long LONGEST_WAIT = 1_024;

  /** In ascending order, with the first one in force. */
  private final long[] values;

  private final double leastGain;
  private final double mostHarm;
  private final Ucb1 arms;
  private final Cooldown cooldown = new Cooldown(SHORTEST_WAIT, LONGEST_WAIT);

  private LifeCycle<Long> life;
  private LifeCycle.Decision<Long> told;
  private String step = "";
  private long round;
  private boolean isSearching;
  private int trialsLeft;
  private int candidate;

  /** Whether the round is held against nobody. */
  private boolean isSettling = true;

  /** By how much two rounds in a row differ on average, by their mean; and of how many that is. */
  private double wandering;

  private int wanderings;

  /** The last round if it was measured, else NaN. */
  private double lastCost = Double.NaN;

  /** What worths are parts of; 0 before the first round of a search. */
  private double reference;

  /**
   * Begins a search.
   *
   * @param values what may be tried; the first in force is added if it is not among them
   * @param first what is in force at first
   * @param leastGain a trial must cost less by this part, in [0, 1)
   * @param mostHarm a round that costs more by this part ends a trial, above 0
   * @throws IllegalArgumentException if a part is out of range
   */
  public ArmSearch(long[] values, long first, double leastGain, double mostHarm) {
    this.values =
        LongStream.concat(LongStream.of(first), LongStream.of(values))
            .distinct()
            .sorted()
            .toArray();
    this.leastGain = leastGain;
    this.mostHarm = mostHarm;
    arms = new Ucb1(this.values.length, Ucb1.USUAL_WIDTH);
    beginTrial(first);
    candidate = armOf(first); // rounds under what is in force alone, to see how costs wander
    trialsLeft = mostTrials();
    isSearching = true;
  }

  /** False for the rounds before the first trial. */
  private boolean hasTried() {
    return trialsLeft < mostTrials();
  }

  private int mostTrials() {
    return values.length - 1 + MORE_TRIALS;
  }

  private void beginTrial(long inForce) {
    double gain = Math.clamp(2 * STANDARD_ERROR * DEVIATION * wandering, leastGain, mostGain());
    life =
        new LifeCycle<>(
            inForce,
            new LifeCycle.Rules(
                CALM_ROUNDS, LEARN_ROUNDS, 1 + TRIAL_ROUNDS, gain, mostHarm, 8, 256));
    told = life.decisions().getLast();
  }

  private double mostGain() {
    return Math.max(leastGain, MOST_GAIN);
  }

  /** What is in force. */
  public long inForce() {
    return life.inForce();
  }

  /** How far the trial is. */
  public LifeCycle.State state() {
    return life.state();
  }

  /** A phrase that says what the last round led to, with the figures; empty if to nothing. */
  public String step() {
    return step;
  }

  /**
   * A round has ended.
   *
   * @param cost what it cost under what was in force; one that is not above 0 and finite is left
   *     out
   * @return what is in force in the next
   */
  public long round(double cost) {
    round++;
    double measured = isSettling || !(cost > 0) || !Observation.isUsable(cost) ? Double.NaN : cost;
    isSettling = false;
    wander(measured);
    if (!Double.isNaN(measured)) {
      reference = reference == 0 ? measured : reference;
      arms.reward(armOf(inForce()), Math.max(0, 1 - measured / (2 * reference)));
    }
    long before = inForce();
    life.window(measured, isSearching ? values[candidate] : life.incumbent());
    isSettling = inForce() != before;
    lastCost = isSettling ? Double.NaN : measured;
    LifeCycle.Decision<Long> last = life.decisions().getLast();
    step = "";
    if (!last.equals(told)) {
      told = last;
      step = hasTried() ? last.to() + ", " + last.reason() : "";
      follow(last.to());
    }
    return inForce();
  }

  private void wander(double cost) {
    double part = 2 * Math.abs(cost - lastCost) / (cost + lastCost);
    if (!Double.isNaN(part)) {
      wanderings = Math.min(NOISE_ROUNDS, wanderings + 1);
      wandering += (part - wandering) / wanderings;
    }
  }

  /** The trial has gone to another state. */
  private void follow(LifeCycle.State state) {
    if (state == LifeCycle.State.LEARN) {
      if (cooldown.isReady(round)) {
        search();
      }
    } else if (state == LifeCycle.State.FROZEN && isSearching) {
      if (chooseNext()) {
        beginTrial(inForce());
      } else {
        isSearching = false;
        cooldown.use(round);
      }
    }
  }

  private void search() {
    arms.forget();
    reference = 0;
    trialsLeft = mostTrials();
    isSearching = chooseNext();
    beginTrial(inForce());
  }

  /** Chooses what is tried next; false if nothing is. */
  private boolean chooseNext() {
    int current = armOf(inForce());
    int next = -1;
    for (int arm = 0; arm < values.length; arm++) {
      boolean isOpen = arms.trials(arm) == 0 || arms.mean(arm) > arms.mean(current) + leastGain / 2;
      if (arm != current && isOpen && (next < 0 || arms.score(arm) > arms.score(next))) {
        next = arm;
      }
    }
    candidate = next;
    return next >= 0 && trialsLeft-- > 0;
  }

  private int armOf(long value) {
    int arm = 0;
    while (values[arm] != value) {
      arm++;
    }
    return arm;
  }
}
