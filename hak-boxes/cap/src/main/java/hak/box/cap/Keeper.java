package hak.box.cap;

import hak.core.memory.KeepShare;
import hak.learn.Pid;

/**
 * One of those who keep free memory, and how much of the budget it should have.
 *
 * <pre>
 *   hit     memory that was kept is used again
 *   miss    memory is taken fresh that was given back only because the budget was used up
 *   hit rate = hits / (hits + misses), of a window; a larger share makes misses hits
 * </pre>
 *
 * <p>A controller holds the hit rate at its target: who has it and more asks for less, who has not
 * asks for more. For one thread.
 */
final class Keeper {
  /**
   * Percent of the budget for each unit of the hit rate that is missing: at once, and more for each
   * second. With nine of ten missed the share is doubled in five seconds.
   */
  private static final Pid.Gains GAINS = new Pid.Gains(5, 10, 0);

  private final KeepShare share;
  private final Pid pid;
  private long hitBytes;
  private long missedBytes;
  private double hits;
  private double misses;

  /**
   * With a share of the budget at first.
   *
   * @param firstPercent between {@code leastPercent} and what that leaves
   */
  Keeper(
      KeepShare share, double target, double deadBand, double leastPercent, double firstPercent) {
    this.share = share;
    pid = new Pid(GAINS, target, deadBand, leastPercent, 100 - leastPercent, firstPercent);
    hitBytes = share.reusedBytes();
    missedBytes = share.missedBytes();
  }

  /** A window of so many seconds has ended. */
  void look(double seconds) {
    long hitNow = share.reusedBytes();
    long missedNow = share.missedBytes();
    hits = hitNow - hitBytes;
    misses = missedNow - missedBytes;
    hitBytes = hitNow;
    missedBytes = missedNow;
    pid.step(hits / (hits + misses), seconds); // NaN where nothing was wanted: left out
  }

  /** Passes over a window. */
  void pass() {
    hitBytes = share.reusedBytes();
    missedBytes = share.missedBytes();
  }

  /** Bytes that were kept and used again in the last window. */
  double hits() {
    return hits;
  }

  /** Bytes that would have been kept in the last window with a larger share. */
  double misses() {
    return misses;
  }

  /** How much of the budget it asks for, in percent. */
  double wantedPercent() {
    return pid.output();
  }
}
