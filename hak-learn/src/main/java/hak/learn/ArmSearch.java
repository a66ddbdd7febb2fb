package hak.learn;

import java.util.stream.LongStream;

/**
 * Searches a few values of one number for the one that costs least: {@link Ucb1} says which is
 * tried next, {@link LifeCycle} whether it is kept, round by round.
 *
 * <pre>
 *   search   up to values + 1 trials: each value once, then the most promising again, as long as it
 *            looks better than what is in force
 *   trial    rounds under what is in force, rounds under the value; kept, or rolled back
 *   rest     what is in force stays until its cost changes, and the wait since the last search is
 *            over; waits double
 *
 *   worth of a round = 1 - cost / (2 * cost of the first round of the search), from 0 to 1
 * </pre>
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

  /** Trials beyond one for each value. */
  private static final int MORE_TRIALS = 2;

  /** Waits from the end of a search to the next, in rounds. */
  private static final long SHORTEST_WAIT = 16;

  private static final long LONGEST_WAIT = 1_024;

  /** In ascending order, with the first one in force. */
  private final long[] values;

  private final double leastGain;
  private final LifeCycle.Rules rules;
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
    rules =
        new LifeCycle.Rules(
            CALM_ROUNDS, LEARN_ROUNDS, 1 + TRIAL_ROUNDS, leastGain, mostHarm, 8, 256);
    arms = new Ucb1(this.values.length, Ucb1.USUAL_WIDTH);
    life = new LifeCycle<>(first, rules);
    told = life.decisions().getLast();
    search();
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
    double measured = isSettling ? Double.NaN : cost;
    isSettling = false;
    if (measured > 0 && Observation.isUsable(measured)) {
      reference = reference == 0 ? measured : reference;
      arms.reward(armOf(inForce()), Math.max(0, 1 - measured / (2 * reference)));
    }
    long before = inForce();
    life.window(measured, isSearching ? values[candidate] : incumbent());
    isSettling = inForce() != before;
    LifeCycle.Decision<Long> last = life.decisions().getLast();
    step = "";
    if (!last.equals(told)) {
      told = last;
      step = last.to() + ", " + last.reason();
      follow(last.to());
    }
    return inForce();
  }

  private long incumbent() {
    return life.incumbent();
  }

  /** The trial has gone to another state. */
  private void follow(LifeCycle.State state) {
    if (state == LifeCycle.State.LEARN) {
      if (cooldown.isReady(round)) {
        search();
      }
    } else if (state == LifeCycle.State.FROZEN && isSearching) {
      if (hasNext()) {
        life = new LifeCycle<>(inForce(), rules);
        told = life.decisions().getLast();
      } else {
        isSearching = false;
        cooldown.use(round);
      }
    }
  }

  private void search() {
    arms.forget();
    reference = 0;
    trialsLeft = values.length - 1 + MORE_TRIALS;
    isSearching = hasNext();
  }

  /** Chooses what is tried next; false if nothing is. */
  private boolean hasNext() {
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
