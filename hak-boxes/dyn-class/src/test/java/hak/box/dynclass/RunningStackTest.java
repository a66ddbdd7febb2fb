package hak.box.dynclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.Policy;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.testkit.HeapWalker;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A program on a stack with the learner, and the stack that it advises. */
class RunningStackTest {
  private static final int SIZE = 33_000;
  private static final int LIVE = 1_000;
  private static final long PATIENCE_SECONDS = 120;

  @Test
  void theStackThatIsAdvisedHasBlocksOfThatSize() {
    Profile profile =
        Profile.ofTiers("learning", List.of("tiny", "mid", "large", "big"))
            .with(Section.OBSERVERS, List.of("size-sample"))
            .with(Section.LEARNERS, List.of("dyn-class"))
            .withSetting("mid", "largest", 256L << 10)
            .withSetting("size-sample", "interval", 8L)
            .withSetting("dyn-class", "window", 10L)
            .withSetting("dyn-class", "requests", 500L);
    HakAllocator stack = Hak.open(profile);
    assertEquals(40_960, stack.goodSize(SIZE));
    long[] blocks = new long[LIVE];
    for (int i = 0; i < LIVE; i++) {
      blocks[i] = stack.malloc(SIZE);
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    int next = 0;
    while (!stack.policy().advice().getFirst().reason().startsWith("FROZEN, kept")) {
      assertTrue(System.nanoTime() < deadline, () -> stack.policy().explain());
      for (int i = 0; i < 1_000; i++) {
        next = (next + 1) % LIVE;
        stack.free(blocks[next]);
        blocks[next] = stack.malloc(SIZE);
      }
    }
    Policy policy = stack.policy();
    HeapWalker.check(stack);
    for (long block : blocks) {
      stack.free(block);
    }
    stack.close();
    Policy.Advice advice = policy.advice().getFirst();
    assertEquals(ClassLearner.KEY, advice.key());
    assertEquals("none", advice.was());
    assertEquals("33008 B", advice.value());
    assertEquals("dyn-class", advice.by());
    assertTrue(
        policy.explain().contains("next time tier.mid.extra-classes = 33008 B (now none), by"),
        policy::explain);
    assertEquals(40_960, blockOf(policy.profile()), "what holds is as it was");
    assertEquals(33_008, blockOf(policy.next()));
  }

  private static long blockOf(Profile profile) {
    try (HakAllocator stack = Hak.open(profile.with(Section.OBSERVERS, List.of()))) {
      return stack.goodSize(SIZE);
    }
  }
}
