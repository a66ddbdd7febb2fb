package hak.box.cacheshadow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.ShadowCount;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.testkit.ObserverContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheShadowTest extends ObserverContract {
  private static final int BLOCK_BYTES = 64;

  @Override
  protected String box() {
    return "cache-shadow";
  }

  @Override
  protected Map<String, Object> settings() {
    return Map.of("burst", 32L, "interval", 100L, "capacities", List.of("4", "64 blocks"));
  }

  @Override
  protected boolean countsAll() {
    return false;
  }

  @Override
  protected boolean counts() {
    return false;
  }

  @Override
  protected Set<String> coldMethods() {
    return Set.of("SampledShadow.allocated", "SampledShadow.freed");
  }

  private static Profile profile(long burst, long interval, String... capacities) {
    return Profile.ofTiers("shadowed", List.of("tiny"))
        .with(Section.OBSERVERS, List.of("cache-shadow"))
        .withSetting("cache-shadow", "burst", burst)
        .withSetting("cache-shadow", "interval", interval)
        .withSetting("cache-shadow", "capacities", List.of(capacities));
  }

  private static ShadowCount of(HakAllocator allocator, int capacity) {
    return allocator.shadows().stream()
        .filter(shadow -> shadow.capacity() == capacity)
        .findFirst()
        .orElseThrow();
  }

  private static List<Long> allocate(HakAllocator allocator, int count) {
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blocks.add(allocator.malloc(BLOCK_BYTES));
    }
    return blocks;
  }

  @Test
  void theFirstBurstIsExact() {
    try (HakAllocator allocator = Hak.open(profile(1 << 20, 1, "4", "8"))) {
      allocate(allocator, 10).forEach(allocator::free);
      allocate(allocator, 10).forEach(allocator::free);
      assertEquals(new ShadowCount("cache-shadow", 4, 20, 20, 4, 4, 8, 8), of(allocator, 4));
      assertEquals(new ShadowCount("cache-shadow", 8, 20, 20, 8, 8, 16, 16), of(allocator, 8));
    }
  }

  /** 4 allocations and 2 frees, then a gap of which nothing is known. */
  @Test
  void whatIsNotKnownIsARange() {
    try (HakAllocator allocator = Hak.open(profile(6, 2, "4"))) {
      List<Long> blocks = allocate(allocator, 4);
      allocator.free(blocks.get(0));
      allocator.free(blocks.get(1));
      assertEquals(new ShadowCount("cache-shadow", 4, 4, 2, 0, 0, 2, 2), of(allocator, 4));
      allocator.free(blocks.get(2)); // the gap: one call, or two, which are not looked at
      allocator.free(blocks.get(3));
      allocate(allocator, 6).forEach(allocator::free);
      ShadowCount shadow = of(allocator, 4);
      assertEquals(0, shadow.hitsAtLeast());
      assertEquals(4, shadow.hitsAtMost());
    }
  }

  /**
   * Against caches that are really counted, whatever is looked at: over a long time the ranges hold
   * the rates of all calls, and are narrow for short lists.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void rangesHoldWhatCachesWouldHaveDone(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int capacity = 1 << random.nextInt(2, 6);
    long calls = 400_000;
    long hits = 0;
    long allocations = 0;
    int held = 0;
    try (HakAllocator allocator = Hak.open(profile(512, 4096, capacity + "", "300"))) {
      List<Long> blocks = new ArrayList<>();
      int most = 20 + random.nextInt(200);
      boolean rises = true;
      for (long i = 0; i < calls; i++) {
        rises = blocks.isEmpty() || (blocks.size() < most && rises != (random.nextInt(60) == 0));
        if (rises) {
          blocks.add(allocator.malloc(BLOCK_BYTES));
          allocations++;
          hits += held > 0 ? 1 : 0;
          held = Math.max(0, held - 1);
        } else {
          allocator.free(blocks.removeLast());
          held = Math.min(capacity, held + 1);
        }
      }
      blocks.forEach(allocator::free);
      ShadowCount shadow = of(allocator, capacity);
      double looked = shadow.allocations() + shadow.frees();
      assertTrue(looked > 0.06 * calls && looked < 0.2 * calls, shadow.toString());
      double exact = (double) hits / allocations;
      double least = (double) shadow.hitsAtLeast() / shadow.allocations();
      double atMost = (double) shadow.hitsAtMost() / shadow.allocations();
      assertTrue(least <= exact + 0.03 && exact <= atMost + 0.03, exact + ": " + shadow);
      assertTrue(atMost - least < 0.15, shadow.toString());
      ShadowCount longer = of(allocator, 300);
      assertTrue(longer.hitsAtMost() >= shadow.hitsAtMost(), shadow + ", " + longer);
      assertTrue(longer.takenAtMost() <= longer.frees());
    }
  }

  /** A call is looked at once: by the first cache, however many there are. */
  @Test
  void onlyTheFirstLayerCounts() {
    Profile cached =
        profile(1 << 20, 1, "8")
            .with(Section.TIERS, List.of("tiny", "mid"))
            .with(Section.CACHES, List.of("tls-sll"));
    boolean hasCache = Hak.boxes().stream().anyMatch(box -> box.id().equals("tls-sll"));
    Profile profile =
        hasCache ? cached : profile(1 << 20, 1, "8").with(Section.TIERS, List.of("tiny", "mid"));
    try (HakAllocator allocator = Hak.open(profile)) {
      for (int i = 0; i < 100; i++) {
        allocator.free(allocator.malloc(16));
        allocator.free(allocator.malloc(20_000));
      }
      assertEquals(200, of(allocator, 8).allocations());
      assertEquals(200, of(allocator, 8).frees());
    }
  }

  @Test
  void heapsAreAddedUp() throws InterruptedException {
    try (HakAllocator allocator = Hak.open(profile(1 << 20, 1, "8"))) {
      allocator.free(allocator.malloc(8));
      Thread.ofPlatform().start(() -> allocator.free(allocator.malloc(8))).join();
      assertEquals(2, of(allocator, 8).allocations());
    }
  }

  @Test
  void withoutCapacitiesTheUsualOnesAreLookedAt() {
    Profile usual =
        Profile.ofTiers("usual", List.of("tiny")).with(Section.OBSERVERS, List.of("cache-shadow"));
    try (HakAllocator allocator = Hak.open(usual)) {
      allocator.free(allocator.malloc(1));
      assertEquals(
          List.of(8, 32, 128, 512),
          allocator.shadows().stream().map(ShadowCount::capacity).toList());
    }
  }

  @Test
  void badCapacitiesAreRefused() {
    for (String text : List.of("0", "32768", "many", "8 KiB")) {
      assertFalse(Hak.check(profile(1, 1, text)).isEmpty(), text);
    }
  }

  @Test
  void aClosedStackTellsNothing() {
    HakAllocator allocator = Hak.open(profile(1, 1, "8"));
    allocator.close();
    assertThrows(IllegalStateException.class, allocator::shadows);
  }
}
