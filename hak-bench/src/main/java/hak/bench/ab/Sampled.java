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
 */
record Sampled(String workload, List<double[]> figures, List<double[]> compared) {
  /** The number of the base, and of its second arm. */
  static final int BASE = 0;

  static final int BASE_AGAIN = 1;

  /** The fewest forks of an arm. */
  int forks() {
    return figures.stream().mapToInt(forks -> forks.length).min().orElse(0);
  }

  /** The first forks of each arm. */
  Sampled first(int forks) {
    return new Sampled(workload, first(figures, forks), first(compared, forks));
  }

  private static List<double[]> first(List<double[]> arms, int forks) {
    return arms.stream().map(samples -> Arrays.copyOf(samples, forks)).toList();
  }
}
