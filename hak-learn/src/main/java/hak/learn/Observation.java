package hak.learn;

/** Which numbers learners take in. */
final class Observation {
  /** Products of a few values below this, and of a count, are finite. */
  private static final double LARGEST = 1e100;

  private Observation() {}

  /** Whether it is finite, and not so large that sums and products overflow. */
  static boolean isUsable(double value) {
    return Math.abs(value) <= LARGEST; // false for NaN
  }

  /** Whether it is in [0, 1]. */
  static boolean isShare(double value) {
    return value >= 0 && value <= 1;
  }

  /**
   * Says what a parameter must be.
   *
   * @throws IllegalArgumentException if it is not
   */
  static void require(boolean holds, String name, Number value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be " + allowed);
    }
  }
}
