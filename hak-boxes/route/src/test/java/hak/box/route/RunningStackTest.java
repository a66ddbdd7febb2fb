package hak.box.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.Policy;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.testkit.HeapWalker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Programs on a stack with the learner, and the stack that it advises. */
class RunningStackTest {
  private static final int BALLAST_BYTES = 24 << 20;
  private static final long PATIENCE_SECONDS = 120;

  private static HakAllocator open(List<String> caches) {
    HakAllocator stack =
        Hak.open(
            Profile.ofTiers("learning", List.of("tiny", "mid", "large", "big"))
                .with(Section.CACHES, caches)
                .with(Section.LEARNERS, List.of("route"))
                .withSetting("tiny", "largest", 8L << 10)
                .withSetting("route", "window", 20L)
                .withSetting("route", "least", 10_000L));
    for (int bytes = 0; bytes < BALLAST_BYTES; bytes += 100_000) {
      stack.malloc(100_000); // so much that there are windows
    }
    return stack;
  }

  private static Policy.Advice advice(HakAllocator stack) {
    return stack.policy().advice().getFirst();
  }

  /** Blocks are used again at once, and no cache is there to do it. */
  @Test
  void aSteadyClassWithoutACacheIsToHaveAnotherTier() {
    HakAllocator stack = open(List.of());
    long[] blocks = new long[1_000];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = stack.malloc(500);
    }
    int next = 0;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!advice(stack).reason().startsWith("FROZEN, kept")) {
      assertTrue(System.nanoTime() < deadline, () -> stack.policy().explain());
      for (int i = 0; i < 1_000; i++) {
        next = (next + 7) % blocks.length;
        stack.free(blocks[next]);
        blocks[next] = stack.malloc(500);
      }
    }
    Policy policy = stack.policy();
    HeapWalker.check(stack);
    stack.close();
    assertEquals(
        List.of(
            new Policy.Advice(
                RouteLearner.KEY,
                "tiny, mid, large, big",
                "tiny, mid-ultra, tiny#2, mid, large, big",
                "route",
                policy.advice().getFirst().reason())),
        policy.advice());
    assertTrue(policy.advice().getFirst().reason().contains("449 to 512 B"), policy::explain);
    Profile advised = policy.next();
    assertEquals(512L, advised.settings("mid-ultra").get("largest"));
    assertEquals(8L << 10, advised.settings("tiny#2").get("largest"));
    try (HakAllocator another = Hak.open(advised)) {
      long block = another.malloc(500);
      another.free(block);
      HeapWalker.check(another);
    }
  }

  @Test
  void whatTheCacheServesIsLeftAlone() {
    HakAllocator stack = open(List.of("tls-sll"));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    List<Long> blocks = new ArrayList<>();
    while (System.nanoTime() < end || stack.policy().learners().getFirst().windows() < 40) {
      for (int i = 0; i < 1_000; i++) {
        for (int k = 0; k < 16; k++) {
          blocks.add(stack.malloc(500));
        }
        blocks.forEach(stack::free);
        blocks.clear();
      }
    }
    Policy policy = stack.policy();
    HeapWalker.check(stack);
    stack.close();
    assertFalse(policy.advice().getFirst().isChange(), policy::explain);
    assertEquals(0, policy.learners().getFirst().failures(), policy::explain);
  }
}
