package hak.bench.shadow;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
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
 * @param classes its size classes
 * @param capacity what {@code tls-sll} is set to in the profile, in blocks; 0 = it is not there
 * @param bytesOfClass most bytes of a class that it holds for a thread
 */
record CacheTable(SizeClasses classes, int capacity, long bytesOfClass) {
  /** The cache whose capacity can be chosen. */
  static final String CACHE = "tls-sll";

  /** Capacities that are looked at: none, and each twice the one before. */
  private static final int LARGEST_CAPACITY = 4096;

  /** Of a profile; opens it for its size classes. */
  static CacheTable of(Profile profile) {
    SizeClasses classes;
    try (HakAllocator stack = Hak.open(profile)) {
      classes = StackView.of(stack).sizeClasses();
    }
    int capacity = profile.has(CACHE) ? (int) setting(profile, CacheBounds.CAPACITY) : 0;
    return new CacheTable(classes, capacity, setting(profile, CacheBounds.BYTES));
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
    int[] blockBytes =
        IntStream.rangeClosed(0, classes.last()).map(c -> c == 0 ? 0 : classes.bytes(c)).toArray();
    return new CacheShadow(blockBytes, bytesOfClass, capacities);
  }
}
