package hak.box.cachecapacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.Policy;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.testkit.HeapWalker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Programs on a stack with the learner. */
class RunningStackTest {
  private static final long SIZE = 64;
  private static final int WAVE = 20_000;
  private static final long PATIENCE_SECONDS = 120;

  private static HakAllocator open() {
    Profile profile =
        Profile.ofTiers("learning", List.of("tiny", "mid", "large", "big"))
            .with(Section.CACHES, List.of("tls-sll"))
            .with(Section.LEARNERS, List.of("cache-capacity"))
            .withSetting("tls-sll", "capacity", 32L)
            .withSetting("cache-capacity", "window", 50L)
            .withSetting("cache-capacity", "least", 50_000L);
    return Hak.open(profile); // holds far less than others need for windows
  }

  private static Policy.Setting setting(HakAllocator stack) {
    return stack.policy().settings().stream()
        .filter(setting -> setting.key().equals(PartLearner.KEY))
        .findFirst()
        .orElseThrow();
  }

  /** Takes a wave of blocks and frees it in another order. */
  private static void wave(HakAllocator stack, List<Integer> order, long... blocks) {
    for (int i = 0; i < WAVE; i++) {
      blocks[i] = stack.malloc(SIZE);
    }
    order.forEach(i -> stack.free(blocks[i]));
  }

  private static List<Integer> anyOrder() {
    List<Integer> order = new ArrayList<>(IntStream.range(0, WAVE).boxed().toList());
    Collections.shuffle(order, new Random(1));
    return order;
  }

  @Test
  void longWavesGoWithoutACache() {
    HakAllocator stack = open();
    long[] blocks = new long[WAVE];
    List<Integer> order = anyOrder();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (setting(stack).number() != 0 || !setting(stack).reason().startsWith("FROZEN, kept")) {
      assertTrue(System.nanoTime() < deadline, () -> stack.policy().explain());
      wave(stack, order, blocks);
    }
    assertEquals("cache-capacity", setting(stack).by());
    Profile frozen = stack.policy().profile();
    HeapWalker.check(stack);
    stack.close();
    assertEquals(0L, frozen.settings("tls-sll").get("part"));
    assertEquals(List.of(), Hak.check(frozen));
  }

  @Test
  void whatUsesItsBlocksAgainAtOnceKeepsItsCache() {
    HakAllocator stack = open();
    long[] blocks = new long[16];
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
    while (System.nanoTime() < end || windows(stack) < 40) {
      for (int i = 0; i < 1_000; i++) {
        for (int k = 0; k < blocks.length; k++) {
          blocks[k] = stack.malloc(SIZE);
        }
        for (long block : blocks) {
          stack.free(block);
        }
      }
    }
    Policy policy = stack.policy();
    HeapWalker.check(stack);
    stack.close();
    assertEquals(0, policy.generation(), policy::explain); // it was not even looked at
    assertEquals(0, policy.learners().getFirst().failures(), policy::explain);
  }

  private static long windows(HakAllocator stack) {
    return stack.policy().learners().getFirst().windows();
  }
}
