package hak.stack;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.Section;
import hak.testkit.FailingVirtualMemory;
import java.util.List;
import java.util.Map;

/** The stacks that the tests of this package open. */
enum TestStack {
  /** Tiers alone. */
  BARE {
    @Override
    Profile profile() {
      return Profile.ofTiers("bare", TIERS).with(StackOptions.REGION, REGION_BYTES);
    }
  },

  /** A cache in front. */
  CACHED {
    @Override
    Profile profile() {
      return BARE.profile().withName("cached").with(Section.CACHES, List.of("tls-sll"));
    }
  },

  /** Boxes of every role, the caches small, so that each of them overflows. */
  FULL {
    @Override
    Profile profile() {
      return new Profile(
          "full",
          Map.of(
              Section.TIERS, TIERS,
              Section.CACHES, List.of("ring-cache", "noop", "tls-sll"),
              Section.SUPERSLABS, List.of("ss-reuse"),
              Section.GUARDS, List.of("external-guard"),
              Section.OBSERVERS, List.of("front-metrics"),
              Section.SITES, List.of("site-rules"),
              Section.LEARNERS, List.of("purge-delay", "cap")),
          Map.of(
              "tls-sll", Map.of("capacity", 32L),
              "ring-cache", Map.of("capacity", 8L),
              "site-rules", Map.of("rules", RULE_OF_SITE)),
          StackOptions.DEFAULTS.with(StackOptions.REGION, REGION_BYTES));
    }
  },

  /** The same, beyond 16 GiB of the region: the upper bit of every ref is set. */
  HIGH {
    @Override
    Profile profile() {
      return FULL.profile()
          .withName("high")
          .with(StackOptions.START, UPPER_HALF)
          .with(StackOptions.REGION, UPPER_HALF + REGION_BYTES);
    }
  };

  /** What has a rule in the stacks with boxes of every role, and none in the others. */
  static final String SITE = "a site";

  private static final String RULE_OF_SITE = "a* align=64 B least=32 B headroom=50 %";
  private static final List<String> TIERS = List.of("tiny", "mid", "large", "big");
  private static final long REGION_BYTES = 2L << 30;
  private static final long UPPER_HALF = 16L << 30;

  abstract Profile profile();

  HakAllocator open() {
    return Hak.open(profile());
  }

  HakAllocator open(FailingVirtualMemory system) {
    return system.open(profile());
  }

  /** With the smallest reservation that is allowed: 64 MiB beyond the start. */
  HakAllocator openSmall() {
    return Hak.open(smallProfile());
  }

  /** As {@link #openSmall()}, over a system. */
  HakAllocator openSmall(FailingVirtualMemory system) {
    return system.open(smallProfile());
  }

  private Profile smallProfile() {
    Profile profile = profile();
    long start = profile.options().startBytes();
    return profile.with(StackOptions.REGION, start + StackOptions.REGION.min());
  }
}
