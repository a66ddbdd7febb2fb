package hak.box.purgedelay;

import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What keeping pages cost, and what it would have cost with other delays, in page-seconds.
 *
 * <pre>
 *   cost of a delay = seconds that pages are kept + worth * pages that come back after it
 * </pre>
 *
 * <p>A page that is idle is kept until its age is the delay; one that comes back at that age or
 * later faults. Both follow from ages alone, so one look says it for all delays at once. This is
 * the problem of renting or buying: to keep a page for as long as its fault is worth costs at most
 * twice what who knows the future pays, and less once it is known how pages of this program behave
 * (Karlin, Manasse, McGeoch, Owicki: "Competitive Randomized Algorithms for Nonuniform Problems",
 * Algorithmica 11, 1994).
 *
 * <p>For one thread.
 */
final class DelayCosts implements IdlePages.Visitor {
  /** What a round counts for in the next, of what delays would have cost. */
  private static final double MEMORY = 0.5;

  private final double worthSeconds;
  private final int[] windows;
  private final double[] costs;
  private double windowSeconds;

  /** Of this round: the cost, pages that faulted, and whether any page told anything. */
  private double actual;

  private long faulted;
  private boolean isMeasured;

  DelayCosts(DelayGrid grid, double worthSeconds) {
    this.worthSeconds = worthSeconds;
    windows = IntStream.range(0, grid.size()).map(grid::windows).toArray();
    costs = new double[grid.size()];
  }

  /** What is seen from now on was so for so long. */
  void begin(double seconds) {
    windowSeconds = seconds;
  }

  @Override
  public void idle(int age, boolean hasMemory) {
    if (hasMemory) {
      actual += windowSeconds;
    }
    for (int i = windows.length - 1; i >= 0 && age < windows[i]; i--) {
      costs[i] += windowSeconds;
      isMeasured = true;
    }
  }

  @Override
  public void back(int age, boolean hadMemory) {
    isMeasured = true;
    if (!hadMemory) {
      actual += worthSeconds;
      faulted++;
    }
    for (int i = 0; i < windows.length && age >= windows[i]; i++) {
      costs[i] += worthSeconds;
    }
  }

  /** Whether the round told anything: some page came back, or was idle for less than a delay. */
  boolean isMeasured() {
    return isMeasured;
  }

  /** What the round cost, at least a page-second. */
  double actual() {
    return Math.max(1, actual);
  }

  /** What a delay would have cost, of late. */
  double cost(int delay) {
    return costs[delay];
  }

  /** The delay that would have cost least, the shorter of equal ones. */
  int best() {
    int best = 0;
    for (int i = 1; i < costs.length; i++) {
      best = costs[i] < costs[best] ? i : best;
    }
    return best;
  }

  /** A round ends; what it showed counts for less in the next. */
  void endRound() {
    for (int i = 0; i < costs.length; i++) {
      costs[i] *= MEMORY;
    }
    actual = 0;
    faulted = 0;
    isMeasured = false;
  }

  /** The round in words. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.0f page-seconds and %,d faulted pages in the last round", actual, faulted);
  }
}
