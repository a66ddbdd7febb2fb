package hak.bench.ab;

import java.util.Arrays;
import java.util.List;

/**
 * One figure of every arm on one workload; less is better. The arms: the base, the base again, the
 * changed stacks.
 *
 * @param workload its name
 * @param figures the figure of each fork of each arm, as it is shown
 * @param compared the same as it is compared, without what the forks of a turn have in common
 * @param isLeveled whether they are compared relative to what both arms of the base took
 */
record Sampled(
    String workload, List<double[]> figures, List<double[]> compared, boolean isLeveled) {
  /** The number of the base, and of its second arm. */
  static final int BASE = 0;

  static final int BASE_AGAIN = 1;

  /** Figures that are compared as they are. */
  static Sampled plain(String workload, List<double[]> figures) {
    return new Sampled(workload, figures, figures, false);
  }

  /** Figures relative to what both arms of the base took: see {@link TurnLevel}. */
  static Sampled leveled(String workload, List<double[]> figures, List<double[]> relative) {
    return new Sampled(workload, figures, relative, true);
  }

  /**
   * What a changed stack is divided by, fork by fork.
   *
   * <p>By 1 where the level of the base is out of its figures already. The figure of the base says
   * how its two arms differ, and would bring their noise in a second time.
   */
  double[] base() {
    double[] base = compared.get(BASE);
    if (!isLeveled) {
      return base;
    }
    double[] level = new double[base.length];
    Arrays.fill(level, 1);
    return level;
  }

  /** The fewest forks of an arm. */
  int forks() {
    return figures.stream().mapToInt(forks -> forks.length).min().orElse(0);
  }

  /** The first forks of each arm. */
  Sampled first(int forks) {
    return new Sampled(workload, first(figures, forks), first(compared, forks), isLeveled);
  }

  private static List<double[]> first(List<double[]> arms, int forks) {
    return arms.stream().map(samples -> Arrays.copyOf(samples, forks)).toList();
  }
}
