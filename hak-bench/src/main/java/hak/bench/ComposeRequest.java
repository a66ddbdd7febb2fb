package hak.bench;

import hak.core.profile.Profile;

/**
 * What {@link Compose} is to do.
 *
 * @param profile the profile that gets the do-nothing boxes
 * @param rounds timed rounds of each contestant in one fork, 1 or more
 * @param forks how often all processes are started anew, 1 or more; with 5 or more the process is
 *     the sample
 * @param progress told about every step
 */
public record ComposeRequest(Profile profile, int rounds, int forks, Progress progress) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public ComposeRequest {
    if (rounds < 1 || forks < 1) {
      throw new IllegalArgumentException(rounds + " rounds, " + forks + " forks");
    }
  }
}
