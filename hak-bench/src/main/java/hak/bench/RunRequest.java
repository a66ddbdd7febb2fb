package hak.bench;

import hak.core.HakAllocator;
import hak.core.profile.Profile;
import java.util.List;
import java.util.function.Consumer;

/**
 * What {@link Runner} is to do.
 *
 * @param profile the stack
 * @param workloads what to replay, in order
 * @param rounds how many rounds are timed; 0 = none, and then there is no warm-up either
 * @param verify whether one more round checks every block
 * @param progress told about every step
 * @param inspector called with the stack of the verified round while no thread uses it: after the
 *     last event, and again when all blocks are freed; what it throws fails the verification
 */
public record RunRequest(
    Profile profile,
    List<Workload> workloads,
    int rounds,
    boolean verify,
    Progress progress,
    Consumer<HakAllocator> inspector) {
  /** The rounds of a run when nothing else is asked for. */
  public static final int DEFAULT_ROUNDS = 8;

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if a number is out of range or there is no workload
   */
  public RunRequest {
    workloads = List.copyOf(workloads);
    if (workloads.isEmpty() || rounds < 0) {
      throw new IllegalArgumentException(workloads.size() + " workloads, " + rounds + " rounds");
    }
  }

  /** {@link #DEFAULT_ROUNDS} rounds, nothing verified. */
  public static RunRequest of(Profile profile, List<Workload> workloads) {
    return new RunRequest(profile, workloads, DEFAULT_ROUNDS, false, Progress.NONE, _ -> {});
  }
}
