package hak.learn.pattern;

import hak.learn.Hysteresis;

/**
 * From the metrics of a class to a pattern: a decision list, the first that holds is it.
 *
 * <pre>
 *   DORMANT   blocks live, and {@value #QUIET_WINDOWS} windows were quiet
 *   UNKNOWN   fewer than {@value #LEAST_CALLS} calls
 *   GROWTH    half of what was allocated stayed, or their number rises from window to window
 *   WAVE      nearly all blocks go at times: their number swings so far, or the slabs were full
 *             and are empty; or slabs retire, and most of what is allocated is carved
 *   SPARSE    a third of the blocks of its slabs, or less, is in use
 *   STEADY    most of what was allocated had been used before, and about as many are in use as were
 *   MIXED     else
 * </pre>
 *
 * <p>Each comparison has two bounds, one to begin to hold and one to end, so that what wanders
 * about one of them changes nothing.
 *
 * <p>Which metrics tell what follows from what slabs are. A slab retires when the last of its
 * blocks is free, so slabs retire where blocks of one age die together, and where slabs have few
 * blocks; the two are told apart by free hits, for in a wave most slabs are carved anew. A wave
 * within a window is seen by slabs that were full in it and are empty at its end, one of several
 * windows by the number of blocks. Low utilisation without either is what survivors do that are
 * scattered. A growing class reuses nothing, a steady one nearly everything. Decision lists:
 * Rivest, "Learning Decision Lists", Machine Learning 2, 1987. The metrics and that one learner
 * looks at all of them are HAKMEM's; its rule, which looks at one class and knows two answers, is
 * not used.
 */
final class PatternRules {
  /** After so many windows without calls a class is dormant. */
  static final int QUIET_WINDOWS = 4;

  /** With fewer calls in all windows nothing is said. */
  static final int LEAST_CALLS = 64;

  /** A number of blocks that swings less does not rise. */
  private static final double LEAST_RISE = 0.15;

  private final Hysteresis stays = new Hysteresis(0.40, 0.50, false);
  private final Hysteresis rises = new Hysteresis(0.60, 0.75, false);
  private final Hysteresis retires = new Hysteresis(0.20, 0.33, false);
  private final Hysteresis carves = new Hysteresis(0.30, 0.40, false);
  private final Hysteresis falls = new Hysteresis(0.40, 0.50, false);
  private final Hysteresis crowded = new Hysteresis(0.33, 0.43, true);
  private final Hysteresis reuses = new Hysteresis(6_000, 7_000, false);
  private final Hysteresis swings = new Hysteresis(0.35, 0.50, false);
  private final Hysteresis swingsFar = new Hysteresis(0.70, 0.80, false);

  /** The pattern of a window's end; what the switches remember changes. */
  Pattern decide(Metrics metrics) {
    stays.add(metrics.growth());
    rises.add(metrics.swing() < LEAST_RISE ? 0 : metrics.trend());
    retires.add(metrics.retireRatio());
    carves.add(1 - metrics.freeHitBasisPoints() / 10_000);
    falls.add(metrics.peak() - metrics.utilisation());
    crowded.add(metrics.utilisation());
    reuses.add(metrics.freeHitBasisPoints());
    swings.add(metrics.swing());
    swingsFar.add(metrics.swing());
    if (metrics.liveBlocks() > 0 && metrics.quietWindows() >= QUIET_WINDOWS) {
      return Pattern.DORMANT;
    }
    if (metrics.allocations() + metrics.frees() < LEAST_CALLS) {
      return Pattern.UNKNOWN;
    }
    if (stays.isOn() || rises.isOn()) {
      return Pattern.GROWTH;
    }
    if (swingsFar.isOn() || falls.isOn() || (retires.isOn() && carves.isOn())) {
      return Pattern.WAVE;
    }
    if (!crowded.isOn()) {
      return Pattern.SPARSE;
    }
    return reuses.isOn() && !swings.isOn() ? Pattern.STEADY : Pattern.MIXED;
  }
}
