package hak.learn.cache;

import hak.learn.LifeCycle;
import hak.learn.LifeCycle.Decision;
import hak.learn.LifeCycle.Rules;
import hak.learn.LifeCycle.State;
import java.util.Arrays;
import java.util.List;

/**
 * Chooses one capacity of a thread cache, none among them, for all size classes, window by window.
 *
 * <p>A {@link CacheShadow} sees every call, so each window has a cost for every capacity, that in
 * force and all others ("full information"): what was cheapest since it began to learn is proposed
 * (follow the leader: Hannan, "Approximation to Bayes Risk in Repeated Play", 1957), unless what is
 * in force is as good within the least gain. The {@link LifeCycle} tries it, keeps it or goes back.
 *
 * <pre>
 *   LEARN, CANARY   cost = that of what is in force by that of the incumbent, in the same window
 *   FROZEN          cost = that of what is in force by that of the cheapest, in the same window
 * </pre>
 *
 * <p>So what the program does, much or little, cancels out of a trial, and what is frozen is looked
 * at again when another capacity has become better.
 *
 * <p>For one thread. Time is the number of windows.
 */
public final class CapacityLearner {
  private final CacheShadow shadow;
  private final CacheCosts costs;
  private final double leastGain;
  private final LifeCycle<Integer> life;

  /** By the number of the capacity. */
  private final CacheCounts[] counted;

  private final double[] totals;

  /** The same, since it last began to learn. */
  private final double[] learned;

  private final int[] won;
  private int windows;

  /**
   * Begins to learn; calls that the shadow has seen before count for the first window.
   *
   * @param shadow whose first capacity is 0
   * @param first the number, in the shadow, of the capacity in force at first
   * @throws IllegalArgumentException if the first capacity is another, or there is no such number
   */
  public CapacityLearner(CacheShadow shadow, CacheCosts costs, int first, Rules rules) {
    if (shadow.capacity(0) != 0 || first < 0 || first >= shadow.capacities()) {
      throw new IllegalArgumentException(
          "capacity " + first + " of " + shadow.capacities() + ", from " + shadow.capacity(0));
    }
    this.shadow = shadow;
    this.costs = costs;
    leastGain = rules.leastGain();
    life = new LifeCycle<>(first, rules);
    counted = new CacheCounts[shadow.capacities()];
    Arrays.fill(counted, CacheCounts.NONE);
    totals = new double[counted.length];
    learned = new double[counted.length];
    won = new int[counted.length];
  }

  /**
   * A window has ended: what the shadow has seen since the last one counts for what is proposed,
   * and nothing is decided. To look at a whole program before the first decision.
   */
  public void count() {
    measure();
  }

  /** A window has ended: what the shadow has seen since the last one is taken in. */
  public void endWindow() {
    double[] now = measure();
    boolean frozen = life.state() == State.FROZEN;
    int base = frozen ? least(now) : life.incumbent();
    life.window(now[life.inForce()] / now[base], proposed()); // NaN where there was no call
    if (frozen && life.state() == State.LEARN) {
      Arrays.fill(learned, 0); // what the program did before it changed counts no more
    }
  }

  /** What the window took with each capacity. */
  private double[] measure() {
    double[] now = new double[totals.length];
    for (int k = 0; k < now.length; k++) {
      CacheCounts counts = shadow.counts(k);
      now[k] = costs.of(counts.since(counted[k]), shadow.capacity(k));
      counted[k] = counts;
      totals[k] += now[k];
      learned[k] += now[k];
    }
    if (now[0] > 0) {
      won[least(now)]++;
      windows++;
    }
    return now;
  }

  private int proposed() {
    int best = least(learned);
    int inForce = life.inForce();
    return learned[best] < learned[inForce] * (1 - leastGain) ? best : inForce;
  }

  /** The least; of equal ones the first, which is the smallest capacity. */
  private static int least(double... values) {
    int least = 0;
    for (int k = 1; k < values.length; k++) {
      least = values[k] < values[least] ? k : least;
    }
    return least;
  }

  /** The number of the capacity in force. */
  public int inForce() {
    return life.inForce();
  }

  /** The number of the capacity that a trial is held against; without a trial, of that in force. */
  public int incumbent() {
    return life.incumbent();
  }

  /** How far the decision is. */
  public State state() {
    return life.state();
  }

  /** The steps so far, with the numbers of capacities. */
  public List<Decision<Integer>> decisions() {
    return life.decisions();
  }

  /** How many windows with a call there were. */
  public int windows() {
    return windows;
  }

  /** In how many windows a capacity was the cheapest. */
  public int won(int k) {
    return won[k];
  }

  /**
   * What a call takes on average with a capacity, where 1 is without a cache; NaN without a call.
   */
  public double costPerCall(int k) {
    return totals[k] / counted[k].calls();
  }
}
