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
 * @param base what the compared figures of a changed stack are divided by, fork by fork
 */
record Sampled(String workload, List<double[]> figures, List<double[]> compared, double[] base) {
  /** The number of the base, and of its second arm. */
  static final int BASE = 0;

  static final int BASE_AGAIN = 1;

  /** Figures that are compared as they are. */
  static Sampled plain(String workload, List<double[]> figures) {
    return new Sampled(workload, figures, figures, figures.get(BASE));
  }

  /**
   * Figures relative to what both arms of the base took: see {@link TurnLevel}.
   *
   * <p>A changed stack is then divided by 1, not by the figure of the base: that one says how its
   * two arms differ, and would bring their noise in a second time.
   */
  static Sampled leveled(String workload, List<double[]> figures, List<double[]> relative) {
    double[] level = new double[relative.get(BASE).length];
    Arrays.fill(level, 1);
    return new Sampled(workload, figures, relative, level);
  }

  /** The fewest forks of an arm. */
  int forks() {
    return figures.stream().mapToInt(forks -> forks.length).min().orElse(0);
  }

  /** The first forks of each arm. */
  Sampled first(int forks) {
    return new Sampled(
        workload, first(figures, forks), first(compared, forks), Arrays.copyOf(base, forks));
  }

  private static List<double[]> first(List<double[]> arms, int forks) {
    return arms.stream().map(samples -> Arrays.copyOf(samples, forks)).toList();
  }
}
