package hak.bench.stress.plan;

import hak.core.Hak;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.Section;
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
        everyBox().withName("every-box-high").with(StackOptions.START, 17L << 30));
  }

  /** Every box there is, the caches small, so that each of them overflows all the time. */
  private static Profile everyBox() {
    return new Profile(
        "every-box",
        Map.of(
            Section.TIERS, List.of("tiny", "mid", "large", "big"),
            Section.CACHES, List.of("ring-cache", "noop", "tls-sll"),
            Section.SUPERSLABS, List.of("ss-reuse"),
            Section.GUARDS, List.of("external-guard"),
            Section.OBSERVERS, List.of("front-metrics")),
        Map.of("tls-sll", Map.of("capacity", 32L), "ring-cache", Map.of("capacity", 8L)),
        StackOptions.DEFAULTS);
  }
}
