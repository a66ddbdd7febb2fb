package hak.bench.latency;

import hak.bench.Progress;
import hak.bench.Workload;
import hak.core.profile.Profile;
import java.util.List;

/**
 * What {@link Latency} is to do.
 *
 * @param profile the stack
 * @param workloads what to replay, in order
 * @param rounds how often each is replayed, 1 or more
 * @param trims whether the stack gives all its free memory back before each round, so that it has
 *     to get it again
 * @param progress told about every step
 */
public record LatencyRequest(
    Profile profile, List<Workload> workloads, int rounds, boolean trims, Progress progress) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no workload or no round
   */
  public LatencyRequest {
    workloads = List.copyOf(workloads);
    if (workloads.isEmpty() || rounds < 1) {
      throw new IllegalArgumentException(workloads.size() + " workloads, " + rounds + " rounds");
    }
  }
}
