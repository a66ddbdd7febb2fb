package hak.bench.ab;

import java.util.Arrays;
import java.util.List;

/**
 * One figure of every arm on one workload; less is better.
 *
 * @param workload its name
 * @param arms the figure of each fork of each arm: the base, the base again, the changed stacks
 */
record Sampled(String workload, List<double[]> arms) {
  double[] base() {
    return arms.getFirst();
  }

  /** The least number of forks of an arm. */
  int forks() {
    return arms.stream().mapToInt(forks -> forks.length).min().orElse(0);
  }

  /** The first forks of each arm. */
  Sampled first(int forks) {
    return new Sampled(
        workload, arms.stream().map(samples -> Arrays.copyOf(samples, forks)).toList());
  }
}
