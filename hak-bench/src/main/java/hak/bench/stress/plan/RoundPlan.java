package hak.bench.stress.plan;

import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import java.util.List;
import java.util.Locale;

/**
 * What a round is to be. All of it follows from the seed and the request, so that the seed repeats
 * a round as far as threads allow.
 *
 * @param seed of all that is chosen at random
 * @param kind how it ends
 * @param profile its stack
 */
public record RoundPlan(long seed, RoundKind kind, Profile profile) {
  /**
   * One in so many pairs of rounds has the smallest region; a prime, so that each profile gets it.
   */
  private static final int FULL_ONE_IN = 7;

  /** Odd seeds race with close, if any does; each profile gets a pair of seeds in turn. */
  public static RoundPlan of(StressRequest request, long seed) {
    long pair = seed >> 1;
    List<Profile> profiles = request.profiles();
    Profile profile = profiles.get((int) Math.floorMod(pair, (long) profiles.size()));
    if (request.plan().close() == CloseTime.RACING && (seed & 1) != 0) {
      return new RoundPlan(seed, RoundKind.RACING, profile);
    }
    return Math.floorMod(pair, FULL_ONE_IN) == FULL_ONE_IN - 1
        ? new RoundPlan(seed, RoundKind.FULL, smallest(profile))
        : new RoundPlan(seed, RoundKind.QUIET, profile);
  }

  private static Profile smallest(Profile profile) {
    return profile.with(
        StackOptions.REGION, profile.options().startBytes() + StackOptions.REGION.min());
  }

  /** The name of a thread of the round: a JVM that crashes writes it into its log. */
  public String threadName(String role) {
    return String.format(Locale.ROOT, "stress %d %s %s %s", seed, kind, profile.name(), role);
  }
}
