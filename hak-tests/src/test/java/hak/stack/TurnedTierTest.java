package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.Policy;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.BoxContext;
import hak.core.spi.Learner;
import hak.core.spi.LearnerProvider;
import hak.core.spi.LearningWindow;
import hak.core.spi.Section;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.FailingVirtualMemory.Call;
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
  private static final String W_MAX = "tier.mid.w-max";
  private static final String HUGE_FROM = "tier.big.huge-from";
  private static final long PATIENCE_SECONDS = 60;
  private static final int MUCH_BYTES = 64 << 20;

  /** What the learner of these tests is to set. */
  private static volatile long wanted;

  /** What it read of the tier's counter in its last window. */
  private static volatile long counted;

  private record Setter(String key, LongSupplier counter) implements Learner {
    @Override
    public long windowMillis() {
      return 10;
    }

    @Override
    public void window(LearningWindow window) {
      window.set(key, wanted, "a test wants it");
      counted = counter.getAsLong();
    }
  }

  /** Names a learner that sets the middle tier. */
  public static class Provider implements LearnerProvider {
    @Override
    public String id() {
      return "mid-setter";
    }

    @Override
    public String summary() {
      return "sets a tier as a test says";
    }

    @Override
    public Set<String> turns() {
      return Set.of(W_MAX);
    }

    @Override
    public Learner create(BoxContext context) {
      return new Setter(W_MAX, context.counted("tier.mid.lent-blocks"));
    }
  }

  /** Names a learner that sets the tier of big blocks. */
  public static final class BigProvider extends Provider {
    @Override
    public String id() {
      return "big-setter";
    }

    @Override
    public Set<String> turns() {
      return Set.of(HUGE_FROM);
    }

    @Override
    public Learner create(BoxContext context) {
      return new Setter(HUGE_FROM, context.counted("tier.big.huge-fresh-bytes"));
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

  private static void set(HakAllocator allocator, String key, long value) {
    wanted = value;
    await(allocator, () -> numberOf(allocator, key) == value);
  }

  private static long numberOf(HakAllocator allocator, String key) {
    return allocator.policy().settings().stream()
        .filter(setting -> setting.key().equals(key))
        .findFirst()
        .orElseThrow()
        .number();
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
    counted = 0;
    try (HakAllocator allocator = Hak.open(profile("mid-setter"))) {
      List<Long> blocks = takeMuch(allocator);
      long large = allocator.malloc(24 << 10); // its slab has more of them at hand
      set(allocator, W_MAX, 200);
      long small = allocator.malloc(18_000); // its class, of 20 KiB, has none
      assertEquals(24 << 10, allocator.usableSize(small));
      await(allocator, () -> counted == 1);
      set(allocator, W_MAX, 100);
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
  void whatHoldsIsWhichPagesBigBlocksGet() {
    wanted = 1L << 40;
    counted = 0;
    FailingVirtualMemory system = new FailingVirtualMemory();
    Profile profile = profile("big-setter").with(StackOptions.HUGE_FROM, 1L << 31);
    try (HakAllocator allocator = system.open(profile)) {
      List<Long> blocks = takeMuch(allocator);
      set(allocator, HUGE_FROM, 1L << 40);
      blocks.add(allocator.malloc(32 << 20));
      assertEquals(0, system.count(Call.ADVISE_HUGE));
      set(allocator, HUGE_FROM, 0);
      blocks.add(allocator.malloc(24 << 20));
      assertEquals(1, system.count(Call.ADVISE_HUGE));
      await(allocator, () -> counted == 24 << 20);
      set(allocator, HUGE_FROM, 1L << 40);
      blocks.add(allocator.malloc(40 << 20));
      assertEquals(1, system.count(Call.ADVISE_HUGE));
      blocks.forEach(allocator::free);
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @Test
  void thePolicyHasItWhereAProfileHasIt() {
    wanted = 160;
    try (HakAllocator allocator = Hak.open(profile("mid-setter"))) {
      List<Long> blocks = takeMuch(allocator);
      set(allocator, W_MAX, 160);
      Policy policy = allocator.policy();
      assertEquals(160L, policy.profile().settings("mid").get("w-max"));
      assertEquals(List.of(), Hak.check(policy.profile()));
      assertTrue(
          policy.explain().contains(W_MAX + " = 160 % (100 % .. 200 %), by mid-setter: a test"),
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
                  + " there are stack.budget-superslabs, stack.purge-delay,"
                  + " tier.big.huge-from"),
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
