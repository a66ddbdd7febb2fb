package hak.box.route;

import hak.core.memory.SizeClasses;
import hak.core.profile.Profile;
import hak.core.profile.TierRoute;
import hak.learn.pattern.RouteFigures;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The classes whose costs were measured, the tier that serves them now, and what else could.
 *
 * @param sizes all classes of the stack
 * @param classes those that were measured, ascending; none where tiers differ among them
 * @param tier who serves them now, as the profile calls it
 * @param provider its number in {@link RouteFigures}; below 0 where it was not measured
 * @param others the numbers of those that could serve them in its place
 * @param below the largest block of the tiers before, in bytes
 * @param largest its own largest block, in bytes
 * @param said what the profile says
 * @param sameClasses the ids of tiers that can have the same block sizes, by option
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record TierClasses(
    SizeClasses sizes,
    int[] classes,
    String tier,
    int provider,
    int[] others,
    int below,
    int largest,
    Map<String, Object> said,
    List<String> sameClasses) {
  /**
   * Of a stack.
   *
   * @param tierOf the name of the tier of each class
   * @param tiers the ids of the tiers that there are
   */
  static TierClasses of(
      SizeClasses sizes, IntFunction<String> tierOf, List<String> tiers, Map<String, Object> said) {
    int[] measured =
        IntStream.rangeClosed(1, sizes.last())
            .filter(each -> sizes.bytes(each) > RouteFigures.ABOVE_BYTES)
            .filter(each -> sizes.bytes(each) <= RouteFigures.UP_TO_BYTES)
            .toArray();
    String tier = measured.length == 0 ? "" : tierOf.apply(measured[0]);
    boolean isOne = Arrays.stream(measured).allMatch(each -> tierOf.apply(each).equals(tier));
    List<String> providers = RouteFigures.COSTS.providers();
    int provider = providers.indexOf(Profile.providerId(tier));
    int[] own =
        IntStream.rangeClosed(1, sizes.last())
            .filter(each -> tierOf.apply(each).equals(tier))
            .toArray();
    return new TierClasses(
        sizes,
        isOne && provider >= 0 ? measured : new int[0],
        tier,
        provider,
        IntStream.range(0, providers.size())
            .filter(each -> each != provider && tiers.contains(providers.get(each)))
            .toArray(),
        own.length == 0 || own[0] == 1 ? 0 : sizes.bytes(own[0] - 1),
        own.length == 0 ? 0 : sizes.bytes(own[own.length - 1]),
        said,
        List.of());
  }

  /** The same, with tiers that can have the same block sizes. */
  TierClasses withChoice(List<String> tiersAlike) {
    return new TierClasses(
        sizes, classes, tier, provider, others, below, largest, said, tiersAlike);
  }

  /** The change of the profile that has another tier for some of {@link #classes}, by index. */
  TierRoute route(int other, int from, int to) {
    int first = classes[from];
    return new TierRoute(
        RouteFigures.COSTS.providers().get(other),
        tier,
        first == 1 ? 0 : sizes.bytes(first - 1),
        sizes.bytes(classes[to]));
  }

  /** The same as values of a profile. */
  Map<String, Object> values(TierRoute route) {
    return route.values(said, below, largest, sameClasses.contains(route.tier()));
  }
}
