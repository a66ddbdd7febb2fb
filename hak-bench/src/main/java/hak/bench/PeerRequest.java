package hak.bench;

import hak.bench.buffer.JavaPeer;
import hak.core.profile.Profile;
import java.util.List;

/**
 * What {@link Peers} is to do.
 *
 * @param profile the stack
 * @param workloads what to replay, in order
 * @param rounds how many rounds of each contestant are timed in one fork, 1 or more
 * @param forks how often all processes are started anew, 1 or more; with 5 or more the process is
 *     the sample
 * @param also peers of the Java world, beside the usual ones
 * @param progress told about every step
 */
public record PeerRequest(
    Profile profile,
    List<Workload> workloads,
    int rounds,
    int forks,
    List<JavaPeer> also,
    Progress progress) {
  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if a number is out of range or there is no workload
   */
  public PeerRequest {
    workloads = List.copyOf(workloads);
    also = List.copyOf(also);
    if (workloads.isEmpty() || rounds < 1 || forks < 1) {
      throw new IllegalArgumentException(
          String.format("%d workloads, %d rounds, %d forks", workloads.size(), rounds, forks));
    }
  }

  /** One fork, {@link RunRequest#DEFAULT_ROUNDS} rounds. */
  public static PeerRequest of(Profile profile, List<Workload> workloads) {
    return new PeerRequest(
        profile, workloads, RunRequest.DEFAULT_ROUNDS, 1, List.of(), Progress.NONE);
  }
}
