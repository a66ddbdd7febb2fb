package hak.box.cachecapacity;

/**
 * Four windows in which two capacities are compared, that in force and another one.
 *
 * <pre>
 *   window      1          2        3        4
 *   capacity    in force   other    other    in force
 * </pre>
 *
 * <p>So a load that grows or falls evenly, and one that flips each window, is met by both alike
 * (the order ABBA of paired measurements). For one thread.
 */
final class CapacityTrial {
  /** Windows of a trial. */
  static final int WINDOWS = 4;

  /** Two windows are alike if one has so many times the other's blocks at most. */
  private static final double ALIKE = 1.25;

  /** The first window of each, and what both have together. */
  private final HandedFlow firstInForce;

  private HandedFlow inForce;
  private HandedFlow firstOther;
  private HandedFlow other = HandedFlow.NONE;
  private int windows = 1;

  /** Begins with a window under what is in force. */
  CapacityTrial(HandedFlow first) {
    firstInForce = first;
    inForce = first;
  }

  /** Whether the window that comes is one of the other capacity. */
  boolean isOthersTurn() {
    return windows == 1 || windows == 2;
  }

  /** A window has ended. */
  void add(HandedFlow flow) {
    if (isOthersTurn()) {
      firstOther = firstOther == null ? flow : firstOther;
      other = other.plus(flow);
    } else {
      inForce = inForce.plus(flow);
    }
    windows++;
  }

  boolean isOver() {
    return windows == WINDOWS;
  }

  /** What was handed over under what is in force. */
  HandedFlow inForce() {
    return inForce;
  }

  /** What was handed over under the other one. */
  HandedFlow other() {
    return other;
  }

  /** Whether it is over, and either had two windows that were alike: the load was even. */
  boolean isClean() {
    return isOver() && isAlike(firstInForce, inForce) && isAlike(firstOther, other);
  }

  private static boolean isAlike(HandedFlow first, HandedFlow both) {
    double one = first.perSecond();
    double mean = both.perSecond();
    double two = 2 * mean - one; // windows are about as long
    return Math.max(one, two) <= ALIKE * Math.min(one, two);
  }
}
