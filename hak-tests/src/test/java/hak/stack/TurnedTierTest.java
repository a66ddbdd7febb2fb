package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.Policy;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.spi.BoxContext;
import hak.core.spi.Learner;
import hak.core.spi.LearnerProvider;
import hak.core.spi.LearningWindow;
import hak.core.spi.Section;
import hak.testkit.HeapWalker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** An option of a box that a learner sets while the stack runs: what holds is what the box does. */
class TurnedTierTest {
  private static final String KEY = "tier.mid.w-max";
  private static final long PATIENCE_SECONDS = 60;
  private static final int MUCH_BYTES = 64 << 20;

  /** What the learner of these tests is to set. */
  private static volatile long wanted;

  /** What it read of the tier's counters in its last window. */
  private static volatile long lent;

  private record Setter(LongSupplier lentBlocks) implements Learner {
    @Override
    public long windowMillis() {
      return 10;
    }

    @Override
    public void window(LearningWindow window) {
      window.set(KEY, wanted, "a test wants it");
      lent = lentBlocks.getAsLong();
    }
  }

  /** Names the learner. */
  public static final class Provider implements LearnerProvider {
    @Override
    public String id() {
      return "mid-setter";
    }

    @Override
    public String summary() {
      return "sets the middle tier as a test says";
    }

    @Override
    public Set<String> turns() {
      return Set.of(KEY);
    }

    @Override
    public Learner create(BoxContext context) {
      return new Setter(context.counted("tier.mid.lent-blocks"));
    }
  }

  private static Profile profile(String learner) {
    return TestStack.BARE.profile().with(Section.LEARNERS, List.of(learner));
  }

  private static void await(HakAllocator allocator, BooleanSupplier done) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, () -> allocator.policy().explain());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static void set(HakAllocator allocator, long percent) {
    wanted = percent;
    await(allocator, () -> allocator.policy().settings().getLast().number() == percent);
  }

  /** So much that there are windows. */
  private static List<Long> takeMuch(HakAllocator allocator) {
    List<Long> blocks = new ArrayList<>();
    for (int bytes = 0; bytes < MUCH_BYTES; bytes += 1 << 20) {
      blocks.add(allocator.malloc(1 << 20));
    }
    return blocks;
  }

  @Test
  void whatHoldsIsWhatTheTierDoes() {
    wanted = 100;
    lent = 0;
    try (HakAllocator allocator = Hak.open(profile("mid-setter"))) {
      List<Long> blocks = takeMuch(allocator);
      long large = allocator.malloc(24 << 10); // its slab has more of them at hand
      set(allocator, 200);
      long small = allocator.malloc(18_000); // its class, of 20 KiB, has none
      assertEquals(24 << 10, allocator.usableSize(small));
      await(allocator, () -> lent == 1);
      set(allocator, 100);
      long own = allocator.malloc(18_000);
      assertEquals(20 << 10, allocator.usableSize(own));
      for (long block : List.of(large, small, own)) {
        allocator.free(block);
      }
      blocks.forEach(allocator::free);
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @Test
  void thePolicyHasItWhereAProfileHasIt() {
    wanted = 160;
    try (HakAllocator allocator = Hak.open(profile("mid-setter"))) {
      List<Long> blocks = takeMuch(allocator);
      set(allocator, 160);
      Policy policy = allocator.policy();
      assertEquals(160L, policy.profile().settings("mid").get("w-max"));
      assertEquals(List.of(), Hak.check(policy.profile()));
      assertTrue(
          policy.explain().contains(KEY + " = 160 % (100 % .. 200 %), by mid-setter: a test"),
          policy::explain);
      blocks.forEach(allocator::free);
    }
  }

  @Test
  void whereTheBoxIsMissingTheLearnerIsRefused() {
    for (String learner : List.of("mid-setter", "w-max")) {
      Profile profile = profile(learner).with(Section.TIERS, List.of("tiny", "large", "big"));
      assertEquals(
          List.of(
              "stack.learners: '"
                  + learner
                  + "' sets 'tier.mid.w-max', which cannot be set while a stack runs without 'mid';"
                  + " there are stack.budget-superslabs, stack.purge-delay"),
          Hak.check(profile).stream().map(Problem::toString).toList());
    }
  }

  @Test
  void twoForOneOptionOfABoxAreRefused() {
    Profile profile = profile("mid-setter").withMore(Section.LEARNERS, "w-max");
    assertTrue(
        Hak.check(profile)
            .getFirst()
            .message()
            .startsWith("'mid-setter' cannot be in one stack with 'w-max', which provides"),
        () -> Hak.check(profile).toString());
  }
}
