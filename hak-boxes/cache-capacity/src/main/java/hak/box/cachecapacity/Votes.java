package hak.box.cachecapacity;

/**
 * What trials say, until it is enough to decide by: four in a row for the same, or one that was
 * clean and found a large difference. For one thread.
 */
final class Votes {
  private static final int ENOUGH = 4;

  /** A clean trial with such a difference, a part of the cost, is enough by itself. */
  private static final double LARGE = 0.10;

  private boolean isForOther;
  private int count;

  /**
   * A trial is over.
   *
   * @param gain what the other one costs less than what is in force, a part of that; below 0 = more
   * @param leastGain less is none
   * @param isClean whether windows were alike, those of the trial and those before it
   */
  void add(double gain, double leastGain, boolean isClean) {
    boolean forOther = gain > leastGain;
    count = forOther == isForOther ? count : 0;
    isForOther = forOther;
    count += isClean && Math.abs(gain) >= LARGE ? ENOUGH : 1;
  }

  /** Whether there were enough for the same in a row. */
  boolean isDecided() {
    return count >= ENOUGH;
  }

  /** Whether the last one was for the other one. */
  boolean isForOther() {
    return isForOther;
  }

  /** Forgets them. */
  void clear() {
    count = 0;
    isForOther = false;
  }
}
