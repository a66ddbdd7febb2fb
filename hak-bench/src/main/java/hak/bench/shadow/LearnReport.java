package hak.bench.shadow;

import java.util.List;

/**
 * What was learned from the calls of one workload.
 *
 * @param profile the profile that was begun with
 * @param workload what was looked at
 * @param windows how many windows with a call there were
 * @param calls allocations and frees of blocks that have a size class
 * @param first the capacity of the profile, in blocks; 0 = no cache
 * @param chosen the capacity in force at the end
 * @param arms one row for each capacity that was looked at, ascending; the first is no cache
 * @param steps what was decided when, and why
 */
public record LearnReport(
    String profile,
    String workload,
    int windows,
    long calls,
    int first,
    int chosen,
    List<Arm> arms,
    List<Step> steps) {
  /**
   * A capacity.
   *
   * @param capacity in blocks for a thread and class
   * @param cost what a call is expected to take, by what calls take; 1 is without a cache
   * @param windowsWon in how many windows it was the cheapest
   * @param hitRate the share of allocations that a block freed before would have served
   * @param takenRate the share of frees that would have been taken in
   * @param heldBytes the most that the caches of all threads would have held
   */
  public record Arm(
      int capacity,
      double cost,
      int windowsWon,
      double hitRate,
      double takenRate,
      long heldBytes) {}

  /**
   * A decision.
   *
   * @param window in which window, from 0
   * @param state the state from then on: LEARN, CANARY or FROZEN
   * @param capacity in force from then on
   * @param reason a phrase with the figures
   */
  public record Step(long window, String state, int capacity, String reason) {}

  /** Copies the lists. */
  public LearnReport {
    arms = List.copyOf(arms);
    steps = List.copyOf(steps);
  }

  /** The row of a capacity. */
  public Arm arm(int capacity) {
    return arms.stream().filter(arm -> arm.capacity() == capacity).findFirst().orElseThrow();
  }
}
