package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.LayerCount;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.testkit.CheckedUser;
import hak.testkit.HeapWalker;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A miss of a cache that adopts brings it all that a slab has free. */
class HandoverTest {
  private static final int WAVE = 20_000;
  private static final long SIZE = 64;

  private static Profile stackOf(String tier, String... caches) {
    return Profile.ofTiers("handover", List.of(tier)).with(Section.CACHES, List.of(caches));
  }

  /** Allocates a wave of blocks and frees it again, as interpreters do. */
  private static void wave(HakAllocator stack) {
    long[] blocks = new long[WAVE];
    for (int i = 0; i < WAVE; i++) {
      blocks[i] = stack.malloc(SIZE);
    }
    for (long block : blocks) {
      stack.free(block);
    }
  }

  @Test
  void inLongWavesTheCacheHasAlmostEveryBlock() {
    Profile profile = stackOf("tiny", "tls-sll").with(Section.OBSERVERS, List.of("front-metrics"));
    try (HakAllocator stack = Hak.open(profile)) {
      for (int i = 0; i < 5; i++) {
        wave(stack);
      }
      LayerCount cache =
          stack.counts().stream().filter(count -> count.id().equals("tls-sll")).findFirst().get();
      assertTrue(cache.hits() > 0.97 * cache.pops(), cache.hits() + " of " + cache.pops());
      HeapWalker.check(stack);
    }
  }

  @Test
  void whatWasAdoptedGoesBackToTheSystem() {
    try (HakAllocator stack = Hak.open(stackOf("tiny", "tls-sll"))) {
      wave(stack);
      stack.trim();
      assertEquals(0, stack.stats().cachedBytes());
      assertEquals(0, HeapWalker.check(stack).slabs());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tls-sll",
        "tls-sll tls-sll#2",
        "quick-slot tls-sll",
        "tls-sll ring-cache",
        "fast-cache tls-sll",
        "heap-v2 ring-cache tls-sll",
      })
  void everyRowOfCachesKeepsEachBlockOnce(String caches) throws InterruptedException {
    try (HakAllocator stack = Hak.open(stackOf("tiny", caches.split(" ")))) {
      List<CheckedUser> users = List.of(new CheckedUser(stack, 0), new CheckedUser(stack, 1));
      List<Thread> threads =
          users.stream()
              .map(user ->
                  Thread.ofPlatform()
                      .start(() ->
                          user.play(new SplittableRandom(7), 60_000, CheckedUser.Sizes.upTo(1024))))
              .toList();
      for (Thread thread : threads) {
        thread.join();
      }
      wave(stack);
      HeapWalker.check(stack);
      users.forEach(CheckedUser::freeAll);
      assertEquals(0, HeapWalker.check(stack).liveBlocks());
    }
  }
}
