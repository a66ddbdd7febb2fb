package hak.bench.stress;

import hak.core.Hak;
import hak.core.spi.Profile;
import hak.core.spi.StackOptions;
import java.util.List;
import java.util.Map;

/** The stacks of a stress when nothing else is asked for. */
public final class StressProfiles {
  private StressProfiles() {}

  /** The shipped profiles, and every box there is, in both halves of a region. */
  public static List<Profile> all() {
    return List.of(
        Hak.profile("default"),
        Hak.profile("bare"),
        Hak.profile("pow2"),
        everyBox(),
        everyBox().withName("every-box-high").withStartBytes(17L << 30));
  }

  /** Every box there is, the caches small, so that each of them overflows all the time. */
  private static Profile everyBox() {
    return new Profile(
        "every-box",
        List.of("tiny", "mid", "large", "big"),
        List.of("ring-cache", "noop", "tls-sll"),
        List.of("ss-reuse"),
        List.of("external-guard"),
        List.of("front-metrics"),
        Map.of("tls-sll", Map.of("capacity", 32L), "ring-cache", Map.of("capacity", 8L)),
        StackOptions.DEFAULTS);
  }
}
