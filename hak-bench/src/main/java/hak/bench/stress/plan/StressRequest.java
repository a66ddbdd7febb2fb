package hak.bench.stress.plan;

import hak.bench.Progress;
import hak.core.profile.Profile;
import java.time.Duration;
import java.util.List;

/**
 * What {@link hak.bench.stress.Stress} is to do.
 *
 * @param profiles the stacks, in turn
 * @param limit how long rounds are begun; null if their number is given
 * @param rounds how many rounds; ignored if a time is given
 * @param plan what the rounds are like
 * @param progress told about every round
 * @param heapCheck applied to the stack at a quiet end
 */
public record StressRequest(
    List<Profile> profiles,
    Duration limit,
    int rounds,
    StressPlan plan,
    Progress progress,
    HeapCheck heapCheck) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if a number is out of range or there is no profile
   */
  public StressRequest {
    profiles = List.copyOf(profiles);
    if (profiles.isEmpty()) {
      throw new IllegalArgumentException("profile names none");
    }
    if (limit != null) {
      StressPlan.requireTime("minutes", limit);
    } else if (rounds < 1) {
      throw new IllegalArgumentException("rounds is " + rounds + "; it must be 1 or more");
    }
  }
}
