package hak.bench.stack;

import hak.core.spi.Profile;
import java.util.List;
import java.util.Map;

/** The stacks that the tests of this package open. */
final class Stacks {
  private static final List<String> TIERS = List.of("tiny", "mid", "large", "big");

  private Stacks() {}

  /** Tiers alone. */
  static Profile bare() {
    return Profile.ofTiers("bare", TIERS).withRegionBytes(2L << 30);
  }

  /** A cache in front. */
  static Profile cached() {
    return bare().withName("cached").withCaches(List.of("tls-sll"));
  }

  /** Everything there is. */
  static Profile full() {
    return new Profile(
        "full",
        TIERS,
        List.of("ring-cache", "noop", "tls-sll"),
        List.of("ss-reuse"),
        List.of("external-guard"),
        List.of("front-metrics"),
        Map.of("tls-sll", Map.of("capacity", 32L), "ring-cache", Map.of("capacity", 8L)),
        2L << 30,
        16L << 20);
  }

  /** One of each kind. */
  static List<Profile> all() {
    return List.of(bare(), cached(), full());
  }
}
