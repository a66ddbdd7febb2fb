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
 * @param classes how the blocks of each size class that was used come and go
 * @param route another size tier for some sizes, the best there is; null if there is none
 * @param extraClasses size classes that should be added, those that save most first
 * @param knobs what a profile sets, what should be made of it, and why
 */
public record LearnReport(
    String profile,
    String workload,
    int windows,
    long calls,
    int first,
    int chosen,
    List<Arm> arms,
    List<Step> steps,
    List<ClassRow> classes,
    Route route,
    List<ExtraClass> extraClasses,
    List<Knob> knobs) {
  /** What gains less, of the time of all calls or of the bytes of all blocks, is no reason. */
  public static final double LEAST_GAIN = 0.01;

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

  /**
   * A size class.
   *
   * @param blockBytes the block size
   * @param tier who serves it in the profile
   * @param allocations how many blocks were asked for
   * @param pattern how they come and go: STEADY, WAVE, GROWTH, DORMANT, SPARSE, MIXED or UNKNOWN
   * @param confidence how probable that is by the windows, in [0, 1]
   * @param evidence a phrase with the figures
   */
  public record ClassRow(
      int blockBytes,
      String tier,
      long allocations,
      String pattern,
      double confidence,
      String evidence) {}

  /** Copies the lists. */
  public LearnReport {
    classes = List.copyOf(classes);
    extraClasses = List.copyOf(extraClasses);
    knobs = List.copyOf(knobs);
    arms = List.copyOf(arms);
    steps = List.copyOf(steps);
  }

  LearnReport withKnobs(List<Knob> all) {
    return new LearnReport(
        profile,
        workload,
        windows,
        calls,
        first,
        chosen,
        arms,
        steps,
        classes,
        route,
        extraClasses,
        all);
  }

  /** Whether the route gains enough to be recommended. */
  public boolean hasRoute() {
    return route != null && route.gain() >= LEAST_GAIN;
  }

  /** The row of a capacity. */
  public Arm arm(int capacity) {
    return arms.stream().filter(arm -> arm.capacity() == capacity).findFirst().orElseThrow();
  }
}
