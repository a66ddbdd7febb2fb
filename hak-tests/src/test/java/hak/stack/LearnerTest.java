package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.Policy;
import hak.core.inside.RawAccess;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.BoxContext;
import hak.core.spi.Learner;
import hak.core.spi.LearnerProvider;
import hak.core.spi.LearningWindow;
import hak.core.spi.Section;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stacks with a learner: its windows, what it may do, and whom it leaves alone. */
class LearnerTest {
  private static final String KEY = "stack.purge-delay";
  private static final int MUCH_BYTES = 64 << 20;
  private static final long PATIENCE_SECONDS = 60;

  /** What the learner of these tests does in its next window. */
  private static volatile Consumer<LearningWindow> deed = LearnerTest::nothing;

  /** Whether it needs windows whatever the stack holds. */
  private static volatile boolean goesOn;

  private static void nothing(LearningWindow window) {
    // A window is enough.
  }

  /** A learner that does what the test says. */
  private record Pupil() implements Learner {
    @Override
    public long windowMillis() {
      return 10;
    }

    @Override
    public void window(LearningWindow window) {
      deed.accept(window);
    }

    @Override
    public boolean needsWindows() {
      return goesOn;
    }
  }

  /** Names the learner. */
  public static final class Provider implements LearnerProvider {
    @Override
    public String id() {
      return "pupil";
    }

    @Override
    public String summary() {
      return "does in a window what a test says";
    }

    @Override
    public Set<String> turns() {
      return Set.of(KEY);
    }

    @Override
    public Set<String> advises() {
      return Set.of("tier.mid.extra-classes");
    }

    @Override
    public Learner create(BoxContext context) {
      return new Pupil();
    }
  }

  /** Names a learner that wants to turn what cannot be turned. */
  public static final class WrongProvider implements LearnerProvider {
    @Override
    public String id() {
      return "wrong-pupil";
    }

    @Override
    public String summary() {
      return "would set what is fixed";
    }

    @Override
    public Set<String> turns() {
      return Set.of("stack.region", "stack.threads");
    }

    @Override
    public Learner create(BoxContext context) {
      return new Pupil();
    }
  }

  @AfterEach
  void doNothing() {
    deed = LearnerTest::nothing;
    goesOn = false;
  }

  private static Profile profile(long delayMillis) {
    return TestStack.FULL
        .profile()
        .with(Section.LEARNERS, List.of("pupil"))
        .withSetting("ss-reuse", "keep", 1L << 30)
        .with(StackOptions.PURGE_DELAY, delayMillis);
  }

  private static void await(String what, BooleanSupplier done) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, what);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static List<Long> takeMuch(HakAllocator allocator) {
    List<Long> blocks = new ArrayList<>();
    for (int bytes = 0; bytes < MUCH_BYTES; bytes += 1_000) {
      long block = allocator.malloc(1_000);
      RawAccess.zero(block, 1);
      blocks.add(block);
    }
    return blocks;
  }

  private static Policy.Learner pupil(HakAllocator allocator) {
    return allocator.policy().learners().getFirst();
  }

  private static void awaitWindows(HakAllocator allocator, long more) {
    long enough = pupil(allocator).windows() + more;
    await("windows", () -> pupil(allocator).windows() >= enough);
  }

  @Test
  void windowsComeWithoutAPurgeDelay() {
    try (HakAllocator allocator = Hak.open(profile(0))) {
      List<Long> blocks = takeMuch(allocator);
      awaitWindows(allocator, 3);
      assertEquals(0, pupil(allocator).failures());
      blocks.forEach(allocator::free);
    }
  }

  @Test
  void whatItSetsHolds() {
    deed =
        window -> {
          assertTrue(window.seconds() > 0);
          if (window.value(KEY) == 0) {
            window.set(KEY, 20, "nobody wants it back");
          }
        };
    try (HakAllocator allocator = Hak.open(profile(0))) {
      takeMuch(allocator).forEach(allocator::free);
      await("memory back", () -> allocator.stats().residentBytes() < MUCH_BYTES / 4);
      Policy policy = allocator.policy();
      assertEquals(1, policy.generation());
      assertEquals(20, policy.profile().options().purgeDelayMillis());
      assertEquals(List.of(), policy.profile().boxes(Section.LEARNERS));
      assertEquals(List.of(), Hak.check(policy.profile()));
      assertTrue(policy.explain().contains("stack.purge-delay = 20 ms"), () -> policy.explain());
      assertTrue(
          policy.explain().contains(", by pupil: nobody wants it back"), () -> policy.explain());
    }
  }

  @Test
  void whatItAdvisesIsCheckedAndInTheNextProfile() {
    String key = "tier.mid.extra-classes";
    deed =
        window -> {
          assertThrows(
              IllegalArgumentException.class,
              () -> window.advise(key, Map.of(key, List.of("3 B")), "too odd"));
          assertThrows(
              IllegalArgumentException.class, () -> window.advise(KEY, Map.of(), "not its own"));
          window.advise(key, Map.of(key, List.of("33008 B")), "many are so long");
        };
    try (HakAllocator allocator = Hak.open(profile(0))) {
      List<Long> blocks = takeMuch(allocator);
      await("advice", () -> allocator.policy().generation() == 1);
      awaitWindows(allocator, 2);
      Policy policy = allocator.policy();
      assertEquals(0, pupil(allocator).failures(), policy::explain);
      assertEquals(1, pupil(allocator).decisions());
      assertEquals(List.of("33008 B"), policy.next().settings("mid").get("extra-classes"));
      assertEquals(List.of(), Hak.check(policy.next()));
      assertEquals(List.of(), policy.next().boxes(Section.LEARNERS));
      assertEquals(profile(0).with(Section.LEARNERS, List.of()), policy.profile());
      blocks.forEach(allocator::free);
    }
  }

  @Test
  void itsWindowsAndDecisionsAreCountedAndTimed() {
    long slept = TimeUnit.MILLISECONDS.toNanos(2);
    deed =
        window -> {
          LockSupport.parkNanos(slept);
          window.set(KEY, 20, "the same each time");
        };
    try (HakAllocator allocator = Hak.open(profile(0))) {
      List<Long> blocks = takeMuch(allocator);
      awaitWindows(allocator, 3);
      Policy.Learner pupil = pupil(allocator);
      assertEquals(List.of(KEY), pupil.turns());
      assertEquals(10, pupil.windowMillis());
      assertEquals(1, pupil.decisions());
      assertTrue(pupil.windowNanos() >= 2 * slept, () -> pupil.toString());
      assertTrue(
          allocator.policy().explain().contains(" ms, 1 decisions, 0 windows failed"),
          () -> allocator.policy().explain());
      blocks.forEach(allocator::free);
    }
  }

  @Test
  void whatItThrowsIsCountedAndTheNextWindowComes() {
    Consumer<LearningWindow> good = window -> window.set(KEY, 77, "at last");
    deed =
        window -> {
          throw new OutOfMemoryError("thrown on purpose");
        };
    try (HakAllocator allocator = Hak.open(profile(1_000))) {
      List<Long> blocks = takeMuch(allocator);
      await("failures", () -> pupil(allocator).failures() >= 3);
      assertEquals("java.lang.OutOfMemoryError", pupil(allocator).lastFailure());
      assertTrue(allocator.policy().explain().contains("OutOfMemoryError"));
      deed = good;
      await("a decision", () -> allocator.policy().generation() == 1);
      blocks.forEach(allocator::free);
    }
  }

  @Test
  void whatIsNotAllowedChangesNothing() {
    deed =
        window -> {
          assertThrows(
              IllegalArgumentException.class, () -> window.set("stack.limit", 1 << 30, "greed"));
          assertThrows(IllegalArgumentException.class, () -> window.value("stack.limit"));
          assertThrows(IllegalArgumentException.class, () -> window.set(KEY, 1, " "));
          window.set(KEY, Long.MAX_VALUE, "for ever");
        };
    try (HakAllocator allocator = Hak.open(profile(1_000))) {
      List<Long> blocks = takeMuch(allocator);
      await("failures", () -> pupil(allocator).failures() >= 3);
      assertEquals("java.lang.IllegalArgumentException", pupil(allocator).lastFailure());
      assertEquals(0, allocator.policy().generation());
      blocks.forEach(allocator::free);
    }
  }

  @Test
  void aStackThatHoldsLittleHasNoWindows() {
    try (HakAllocator small = Hak.open(profile(0));
        HakAllocator large = Hak.open(profile(0))) {
      small.free(small.malloc(1));
      List<Long> blocks = takeMuch(large);
      awaitWindows(large, 5);
      assertEquals(0, pupil(small).windows());
      blocks.forEach(large::free);
    }
  }

  @Test
  void oneThatNeedsThemHasThemFromTheBeginning() {
    goesOn = true;
    try (HakAllocator small = Hak.open(profile(0))) {
      small.free(small.malloc(1));
      awaitWindows(small, 5);
    }
  }

  @Test
  void oneThatNeedsThemHasWindowsThen() {
    goesOn = true;
    try (HakAllocator allocator = Hak.open(profile(20))) {
      takeMuch(allocator).forEach(allocator::free);
      awaitWindows(allocator, 1);
      allocator.trim();
      assertTrue(allocator.stats().residentBytes() < 16 << 20, "it holds little");
      awaitWindows(allocator, 5);
      goesOn = false;
      await(
          "they end",
          () -> {
            long windows = pupil(allocator).windows();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            return pupil(allocator).windows() == windows;
          });
    }
  }

  /** The housekeeper waits in a window, and nobody waits for the housekeeper. */
  @Test
  void aWindowHoldsNobodyUp() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    deed =
        window -> {
          inside.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        };
    HakAllocator allocator = Hak.open(profile(1_000));
    try {
      List<Long> blocks = takeMuch(allocator);
      inside.await();
      blocks.forEach(allocator::free);
      allocator.stats();
      allocator.trim();
      allocator.policy();
      try (HakAllocator other = Hak.open(profile(1_000))) {
        other.free(other.malloc(1));
      }
      allocator.close();
      assertThrows(IllegalStateException.class, allocator::policy);
    } finally {
      end.countDown();
      allocator.close();
    }
  }

  @Test
  void itMayUseTheStackThatItLearnsFor() {
    try (HakAllocator allocator = Hak.open(profile(20))) {
      deed =
          window -> {
            allocator.free(allocator.malloc(100_000));
            allocator.stats();
            allocator.trim();
          };
      List<Long> blocks = takeMuch(allocator);
      awaitWindows(allocator, 5);
      assertEquals(0, pupil(allocator).failures(), () -> allocator.policy().explain());
      blocks.forEach(allocator::free);
    }
  }

  @Test
  void aClosedStackHasNoMoreWindows() {
    AtomicLong windows = new AtomicLong(); // not themselves: a window keeps its stack
    deed = _ -> windows.incrementAndGet();
    await(
        "stacks that other tests dropped are collected",
        () -> {
          System.gc();
          long before = windows.get();
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
          return windows.get() == before;
        });
    try (HakAllocator other = Hak.open(profile(1_000))) {
      HakAllocator allocator = Hak.open(profile(1_000));
      takeMuch(allocator).forEach(allocator::free);
      awaitWindows(allocator, 2);
      allocator.close();
      assertThrows(IllegalStateException.class, allocator::policy);
      List<Long> blocks = takeMuch(other);
      awaitWindows(other, 3); // what had begun in the closed one is over
      long seenOfOther = pupil(other).windows();
      long seen = windows.get();
      awaitWindows(other, 5);
      long ofAll = windows.get() - seen;
      long ofOther = pupil(other).windows() - seenOfOther;
      assertTrue(ofAll <= ofOther + 1, ofAll + " windows, " + ofOther + " of them of the other");
      blocks.forEach(other::free);
    }
  }

  @Test
  void aStackThatIsDroppedIsNotKept() {
    WeakReference<HakAllocator> dropped = openUseAndDrop();
    await(
        "the stack is collected",
        () -> {
          System.gc();
          return dropped.refersTo(null);
        });
  }

  private static WeakReference<HakAllocator> openUseAndDrop() {
    HakAllocator allocator = Hak.open(profile(1_000));
    takeMuch(allocator).forEach(allocator::free);
    awaitWindows(allocator, 1);
    return new WeakReference<>(allocator);
  }

  @Test
  void oneThatSetsWhatIsFixedIsRefused() {
    Profile profile = profile(0).with(Section.LEARNERS, List.of("wrong-pupil"));
    List<Problem> problems = Hak.check(profile);
    assertEquals(
        List.of(
            "stack.learners: 'wrong-pupil' sets 'stack.region', which cannot be set while a stack"
                + " runs; there are stack.budget-superslabs, stack.purge-delay, box.tls-sll.part,"
                + " tier.mid.w-max, tier.big.huge-from",
            "stack.learners: 'wrong-pupil' sets 'stack.threads', which cannot be set while a stack"
                + " runs; there are stack.budget-superslabs, stack.purge-delay, box.tls-sll.part,"
                + " tier.mid.w-max, tier.big.huge-from"),
        problems.stream().map(Problem::toString).toList());
  }

  @Test
  void twoForOneOptionAreRefused() {
    Profile profile = profile(0).with(Section.LEARNERS, List.of("pupil", "purge-delay"));
    List<Problem> problems = Hak.check(profile);
    assertFalse(problems.isEmpty());
    assertEquals(
        "'pupil' cannot be in one stack with 'purge-delay', which provides"
            + " 'turns stack.purge-delay'",
        problems.getFirst().message());
  }

  @Test
  void aLearnerUnderAnotherKeyIsRefused() {
    Profile profile =
        profile(0).with(Section.LEARNERS, List.of()).withMore(Section.CACHES, "pupil");
    assertEquals(
        List.of("'pupil' belongs under stack.learners, not stack.caches"),
        Hak.check(profile).stream().map(Problem::message).toList());
  }

  @Test
  void withoutALearnerThePolicyIsWhatTheProfileSays() {
    Profile profile =
        TestStack.FULL
            .profile()
            .with(StackOptions.PURGE_DELAY, 300)
            .with(Section.LEARNERS, List.of());
    try (HakAllocator allocator = Hak.open(profile)) {
      assertEquals(profile, allocator.policy().profile());
      assertEquals(List.of(), allocator.policy().learners());
      assertEquals(300, allocator.policy().profile().options().purgeDelayMillis());
    }
  }
}
