package hak.bench.shadow;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.memory.SizeClasses;
import hak.core.profile.Profile;
import hak.core.spi.BoxProvider;
import hak.core.spi.CacheBounds;
import hak.core.spi.Option;
import hak.learn.cache.CacheShadow;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a profile says about its thread cache, and a shadow of it.
 *
 * @param tiers its size classes, and who serves them
 * @param capacity what {@code tls-sll} is set to in the profile, in blocks; 0 = it is not there
 * @param bytesOfClass most bytes of a class that it holds for a thread
 */
record CacheTable(TierTable tiers, int capacity, long bytesOfClass) {
  /** The cache whose capacity can be chosen. */
  static final String CACHE = "tls-sll";

  /** Capacities that are looked at: none, and each twice the one before. */
  private static final int LARGEST_CAPACITY = 4096;

  /** Of a profile; opens it for its size classes. */
  static CacheTable of(Profile profile) {
    TierTable tiers = tiersOf(profile);
    int capacity = profile.has(CACHE) ? (int) setting(profile, CacheBounds.CAPACITY) : 0;
    return new CacheTable(tiers, capacity, setting(profile, CacheBounds.BYTES));
  }

  /** Who serves which size class in a profile; opens it. */
  static TierTable tiersOf(Profile profile) {
    try (HakAllocator stack = Hak.open(profile)) {
      return TierTable.of(stack);
    }
  }

  SizeClasses classes() {
    return tiers.classes();
  }

  private static long setting(Profile profile, String name) {
    Option option =
        Hak.boxes().stream()
            .filter(box -> box.id().equals(CACHE))
            .map(BoxProvider::options)
            .flatMap(options -> options.stream().filter(each -> each.name().equals(name)))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("there is no box " + CACHE));
    Object raw = profile.settings(CACHE).get(name);
    return (Long) (raw == null ? option.defaultValue() : option.parse(raw));
  }

  /** A shadow with the usual capacities and that of the profile. */
  CacheShadow shadow() {
    int[] usual = IntStream.iterate(1, blocks -> blocks <= LARGEST_CAPACITY, b -> 2 * b).toArray();
    int[] capacities =
        IntStream.concat(IntStream.of(0, capacity), Arrays.stream(usual))
            .sorted()
            .distinct()
            .toArray();
    return shadow(capacities);
  }

  /** A shadow with these capacities. */
  CacheShadow shadow(int... capacities) {
    SizeClasses classes = classes();
    int[] blockBytes =
        IntStream.rangeClosed(0, classes.last()).map(c -> c == 0 ? 0 : classes.bytes(c)).toArray();
    return new CacheShadow(blockBytes, bytesOfClass, capacities);
  }
}
