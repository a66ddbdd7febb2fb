package hak.stack;

import hak.core.profile.Profile;
import hak.core.spi.Section;
import java.util.List;

/** Stacks of boxes that no shipped profile has together, for the property tests. */
enum BoxStack {
  /** Caches that keep what they are given, one behind the other, all of them small. */
  LAYERED {
    @Override
    Profile profile() {
      return TestStack.BARE
          .profile()
          .withName("layered")
          .with(
              Section.CACHES,
              List.of("ultra-hot", "small-mid", "quick-slot", "hot-slab", "heap-v2", "tls-sll"))
          .withSetting("ultra-hot", "capacity", 4L)
          .withSetting("quick-slot", "slots", 2L)
          .withSetting("heap-v2", "capacity", 8L)
          .withSetting("heap-v2", "refill", 4L)
          .withSetting("tls-sll", "capacity", 32L);
    }
  },

  /** Caches that move blocks from and to the tiers, often. */
  MOVING {
    @Override
    Profile profile() {
      return TestStack.BARE
          .profile()
          .withName("moving")
          .with(
              Section.CACHES,
              List.of("drain", "prewarm", "bump-front", "fast-cache", "front-direct", "tls-sll"))
          .withSetting("drain", "every", 64L)
          .withSetting("drain", "adaptive", true)
          .withSetting("bump-front", "chunk", 16L)
          .withSetting("bump-front", "capacity", 4L)
          .withSetting("fast-cache", "capacity", 16L)
          .withSetting("front-direct", "capacity", 32L);
    }
  },

  /** A pool that has no bound. */
  POOLED {
    @Override
    Profile profile() {
      return TestStack.BARE
          .profile()
          .withName("pooled")
          .with(Section.CACHES, List.of("bench-fast"))
          .withSetting("bench-fast", "blocks", 100L)
          .withSetting("bench-fast", "bytes", 16L << 10);
    }
  },

  /** Every size tier there is, each for the sizes that the one before leaves it. */
  TIERED {
    @Override
    Profile profile() {
      return TestStack.CACHED
          .profile()
          .withName("tiered")
          .with(
              Section.TIERS,
              List.of(
                  "tiny",
                  "bitmap",
                  "mid-ultra",
                  "mid-v35",
                  "mid-separate",
                  "small-mid-slabs",
                  "mid",
                  "large",
                  "big"))
          .withSetting("tiny", "largest", "64 B")
          .withSetting("bitmap", "largest", "128 B")
          .withSetting("mid-ultra", "largest", "256 B")
          .withSetting("mid-v35", "largest", "512 B")
          .withSetting("small-mid-slabs", "largest", "2 KiB")
          .withSetting("tls-sll", "capacity", 8L);
    }
  },

  /** Slabs of two groups of classes, superslabs that are hardly kept, every call remembered. */
  PACKED {
    @Override
    Profile profile() {
      return TestStack.CACHED
          .profile()
          .withName("packed")
          .with(Section.PLACEMENT, List.of("compact"))
          .with(Section.SUPERSLABS, List.of("lean"))
          .with(Section.OBSERVERS, List.of("trace-ring"))
          .withSetting("compact", "largest", "128 B")
          .withSetting("lean", "keep", "2 MiB")
          .withSetting("lean", "after", 2L)
          .withSetting("trace-ring", "events", 16L);
    }
  },

  /** Superslabs that are there from the start and kept, of which each class has some. */
  WARM {
    @Override
    Profile profile() {
      return TestStack.BARE
          .profile()
          .withName("warm")
          .with(Section.PLACEMENT, List.of("hot-set"))
          .with(Section.SUPERSLABS, List.of("ss-prewarm", "ss-reuse"))
          .withSetting("hot-set", "superslabs", 3L)
          .withSetting("ss-prewarm", "superslabs", 2L)
          .withSetting("ss-reuse", "keep", "4 MiB");
    }
  },

  /** A hint alone, and superslabs that are given back at once. */
  HINTED {
    @Override
    Profile profile() {
      return TestStack.BARE
          .profile()
          .withName("hinted")
          .with(Section.PLACEMENT, List.of("hot-hint"));
    }
  };

  abstract Profile profile();
}
