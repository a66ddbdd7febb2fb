package hak.bench.shadow;

import static java.util.stream.Collectors.joining;

import hak.core.Hak;
import hak.core.profile.Profile;
import hak.core.profile.ProfileKeys;
import hak.core.profile.TierRoute;
import hak.core.spi.BoxProvider;
import hak.learn.cache.CacheShadow;
import hak.learn.pattern.BestRange;
import hak.learn.pattern.ClassVerdict;
import hak.learn.pattern.RouteFigures;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The size tier that should serve a range of neighbouring size classes, by what calls take with it.
 *
 * <pre>
 *   gain(class)  = calls that pass the cache * (cost with the tier now - cost with the other)
 *   of each other tier the range of classes with the largest sum; of all tiers the best
 * </pre>
 *
 * <p>A profile names tiers by ascending size, each with its largest block, so what it can say is
 * ranges; and one range is as much as one measurement can confirm.
 */
final class RouteChoice {
  private static final String CLASSES = "classes";

  /** How many classes are named as evidence. */
  private static final int MOST_NAMED = 3;

  private final Profile profile;
  private final Survey survey;
  private final int capacity;
  private final double costOfAll;

  private RouteChoice(Profile profile, Survey survey, int capacity) {
    this.profile = profile;
    this.survey = survey;
    this.capacity = capacity;
    CacheShadow shadow = survey.shadow();
    costOfAll = Learning.COSTS.of(shadow.counts(capacity), shadow.capacity(capacity));
  }

  /**
   * The best there is, whether it gains enough or not; null if the profile can name none.
   *
   * @param capacity the number of the capacity of the cache that is to be in front
   */
  static Route best(Profile profile, Survey survey, int capacity) {
    return new RouteChoice(profile, survey, capacity).best();
  }

  private Route best() {
    int[] classes = measuredClasses();
    if (classes.length == 0 || costOfAll == 0) {
      return null;
    }
    String now = survey.tiers().tier(classes[0]);
    boolean isOne = IntStream.of(classes).allMatch(each -> survey.tiers().tier(each).equals(now));
    int provider = RouteFigures.COSTS.providers().indexOf(Profile.providerId(now));
    if (!isOne || provider < 0) {
      return null;
    }
    Route best = null;
    for (int other = 0; other < RouteFigures.COSTS.providers().size(); other++) {
      Route route = other == provider ? null : bestRange(classes, now, provider, other);
      if (route != null && (best == null || route.gain() > best.gain())) {
        best = route;
      }
    }
    return best;
  }

  private int[] measuredClasses() {
    TierTable tiers = survey.tiers();
    return IntStream.rangeClosed(1, tiers.classes().last())
        .filter(each -> tiers.classes().bytes(each) > RouteFigures.ABOVE_BYTES)
        .filter(each -> tiers.classes().bytes(each) <= RouteFigures.UP_TO_BYTES)
        .toArray();
  }

  /** The range with the largest sum; null if nothing gains. */
  private Route bestRange(int[] classes, String now, int provider, int other) {
    BestRange best =
        BestRange.of(IntStream.of(classes).mapToDouble(c -> gain(c, provider, other)).toArray());
    if (best.isEmpty()) {
      return null;
    }
    int from = best.from();
    int to = best.to();
    TierTable tiers = survey.tiers();
    int below = classes[from] == 1 ? 0 : tiers.classes().bytes(classes[from] - 1);
    Route route =
        new Route(
            RouteFigures.COSTS.providers().get(other),
            now,
            below,
            tiers.classes().bytes(classes[to]),
            best.sum() / costOfAll,
            evidence(classes, from, to, other));
    return canBeNamed(route) ? route : null;
  }

  private double gain(int sizeClass, int provider, int other) {
    return callsOfTier(sizeClass)
        * (survey.patterns().expectedCost(sizeClass, provider)
            - survey.patterns().expectedCost(sizeClass, other));
  }

  private long callsOfTier(int sizeClass) {
    CacheShadow shadow = survey.shadow();
    return shadow.allocations(sizeClass)
        - shadow.hits(sizeClass, capacity)
        + shadow.frees(sizeClass)
        - shadow.taken(sizeClass, capacity);
  }

  /** The classes of a range that pass the cache most often. */
  private String evidence(int[] classes, int from, int to, int other) {
    return IntStream.rangeClosed(from, to)
        .map(i -> classes[i])
        .boxed()
        .sorted(Comparator.comparingLong(this::callsOfTier).reversed())
        .limit(MOST_NAMED)
        .map(sizeClass -> evidence(sizeClass, other))
        .collect(joining("; "));
  }

  private String evidence(int sizeClass, int other) {
    ClassVerdict verdict = survey.patterns().verdict(sizeClass);
    return String.format(
        Locale.ROOT,
        "%,d B %s (%.0f %%), %,d calls pass the cache, cost %.2f",
        survey.tiers().classes().bytes(sizeClass),
        verdict.pattern().name().toLowerCase(Locale.ROOT),
        100 * verdict.confidence(),
        callsOfTier(sizeClass),
        survey.patterns().expectedCost(sizeClass, other));
  }

  private boolean canBeNamed(Route route) {
    return Hak.boxes().stream().anyMatch(box -> box.id().equals(route.tier()))
        && Hak.check(profileOf(profile, route)).isEmpty();
  }

  /**
   * A profile with a route: the tier that served the range ends below it, the other one serves it,
   * and the first goes on above, as a second box with the same settings.
   */
  static Profile profileOf(Profile profile, Route route) {
    TierTable table = CacheTable.tiersOf(profile);
    String now = route.instead();
    Object classes = profile.settings(now).get(CLASSES);
    TierRoute change = new TierRoute(route.tier(), now, route.aboveBytes(), route.upToBytes());
    Map<String, Object> values =
        change.values(
            ProfileKeys.said(profile),
            table.bytesBelow(now),
            table.largestBytes(now),
            classes != null && hasChoice(route.tier(), classes));
    Profile with = profile;
    for (Map.Entry<String, Object> value : values.entrySet()) {
      with = ProfileKeys.with(with, value.getKey(), value.getValue());
    }
    return with;
  }

  private static boolean hasChoice(String box, Object classes) {
    return Hak.boxes().stream()
        .filter(each -> each.id().equals(box))
        .map(BoxProvider::options)
        .flatMap(List::stream)
        .anyMatch(option -> option.name().equals(CLASSES) && option.choices().contains(classes));
  }
}
