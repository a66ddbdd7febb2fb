package hak.bench.ab;

import hak.bench.Progress;
import hak.bench.Workload;
import hak.core.profile.Profile;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What {@link Ab} is to do.
 *
 * @param base the stack that the others are held against
 * @param changed the others, one or more
 * @param workloads what to replay, in order
 * @param plan how often
 * @param rule when a difference is one
 * @param log has the forks that are over already, of the same comparison, and is told of each new
 *     one
 * @param progress told about every step
 * @param stop asked at every step whether to come to an end with what there is
 */
public record AbRequest(
    Profile base,
    List<Profile> changed,
    List<Workload> workloads,
    Plan plan,
    Rule rule,
    AbLog log,
    Progress progress,
    BooleanSupplier stop) {
  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if one is empty
   */
  public AbRequest {
    changed = List.copyOf(changed);
    workloads = List.copyOf(workloads);
    if (changed.isEmpty() || workloads.isEmpty()) {
      throw new IllegalArgumentException(
          changed.size() + " changed stacks, " + workloads.size() + " workloads");
    }
  }

  /**
   * How often everything is done; fixed before the start.
   *
   * @param forks processes of each arm and workload, 1 to {@value #MOST_FORKS}
   * @param rounds timed rounds in each
   */
  public record Plan(int forks, int rounds) {
    /** What an arm has at most. */
    public static final int MOST_FORKS = 100;

    /** What an arm has when nothing else is asked for. */
    public static final int DEFAULT_FORKS = 10;

    /** The timed rounds of a fork when nothing else is asked for: about as long as its start. */
    public static final int DEFAULT_ROUNDS = 60;

    /** As many forks and rounds as nothing else being asked for. */
    public static final Plan DEFAULT = new Plan(DEFAULT_FORKS, DEFAULT_ROUNDS);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Plan {
      if (forks < 1 || forks > MOST_FORKS || rounds < 1) {
        throw new IllegalArgumentException(forks + " forks, " + rounds + " rounds");
      }
    }
  }
}
