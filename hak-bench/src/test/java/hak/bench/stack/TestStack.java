package hak.bench.stack;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.spi.Profile;
import hak.core.spi.StackOptions;
import hak.testkit.FailingVirtualMemory;
import java.util.List;
import java.util.Map;

/** The stacks that the tests of this package open. */
enum TestStack {
  /** Tiers alone. */
  BARE {
    @Override
    Profile profile() {
      return Profile.ofTiers("bare", TIERS).withRegionBytes(REGION_BYTES);
    }
  },

  /** A cache in front. */
  CACHED {
    @Override
    Profile profile() {
      return BARE.profile().withName("cached").withCaches(List.of("tls-sll"));
    }
  },

  /** Every box there is, the caches small, so that each of them overflows. */
  FULL {
    @Override
    Profile profile() {
      return new Profile(
          "full",
          TIERS,
          List.of("ring-cache", "noop", "tls-sll"),
          List.of("ss-reuse"),
          List.of("external-guard"),
          List.of("front-metrics"),
          Map.of("tls-sll", Map.of("capacity", 32L), "ring-cache", Map.of("capacity", 8L)),
          StackOptions.DEFAULTS.with(StackOptions.REGION, REGION_BYTES));
    }
  },

  /** Every box there is, beyond 16 GiB of the region: the upper bit of every ref is set. */
  HIGH {
    @Override
    Profile profile() {
      return FULL.profile()
          .withName("high")
          .withStartBytes(UPPER_HALF)
          .withRegionBytes(UPPER_HALF + REGION_BYTES);
    }
  };

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
    return profile.withRegionBytes(start + StackOptions.REGION.min());
  }
}
