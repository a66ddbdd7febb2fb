package hak.bench.shadow;

import java.util.List;

/**
 * What caches of other capacities would have done with the calls of one workload.
 *
 * @param profile the profile whose size classes it is about
 * @param workload what was looked at
 * @param capacity the capacity that the profile has, in blocks; 0 = it has no such cache
 * @param budgetBytes what the caches of all threads may hold
 * @param allocations blocks that have a size class and were asked for
 * @param frees blocks that were given back
 * @param capacities one row for each capacity, ascending; the first is no cache
 * @param bestCapacity the capacity that hits most of those that hold no more than the budget; 0 =
 *     none
 * @param plan a capacity for each size class that was used, within the budget
 * @param planHitRate the share of allocations that the plan would have served
 * @param planHeldBytes the sum of the most that each class would have held
 */
public record WhatIfReport(
    String profile,
    String workload,
    int capacity,
    long budgetBytes,
    long allocations,
    long frees,
    List<Row> capacities,
    int bestCapacity,
    List<ClassRow> plan,
    double planHitRate,
    long planHeldBytes) {
  /**
   * A capacity for all classes.
   *
   * @param capacity in blocks for a thread and class
   * @param hitRate the share of allocations that a block freed before would have served
   * @param takenRate the share of frees that would have been taken in
   * @param heldBytes the most that the caches of all threads would have held
   */
  public record Row(int capacity, double hitRate, double takenRate, long heldBytes) {}

  /**
   * A capacity for one class.
   *
   * @param blockBytes the block size of the class
   * @param allocations blocks that were asked for
   * @param capacity in blocks for a thread; 0 = none
   * @param hitRate the share of the allocations of the class
   * @param heldBytes the most that the caches of all threads would have held
   */
  public record ClassRow(
      int blockBytes, long allocations, int capacity, double hitRate, long heldBytes) {}

  /** Copies the lists. */
  public WhatIfReport {
    capacities = List.copyOf(capacities);
    plan = List.copyOf(plan);
  }
}
