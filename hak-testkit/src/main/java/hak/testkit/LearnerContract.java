package hak.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.Policy;
import hak.core.memory.PageRuns;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.Learner;
import hak.core.spi.LearnerProvider;
import hak.core.spi.Option;
import hak.core.spi.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link Learner}: it has its windows, takes whatever it sees in them, and sets
 * nothing but what it says that it turns, to values that are allowed, with a reason; what it
 * advises is what it says, too.
 *
 * <p>Tests of what it learns are its own, on {@link SimulatedWindow}s. The settings of a subclass
 * should make windows short.
 */
public abstract class LearnerContract extends BoxContract<LearnerProvider> {
  private static final long DELAY_MILLIS = 50;
  private static final int SUPERSLABS = 40;

  /** So much that the housekeeper looks. */
  private static final int MUCH_BYTES = 32 << 20;

  private static final long PATIENCE_SECONDS = 60;

  /** For subclasses. */
  protected LearnerContract() {
    super(LearnerProvider.class);
  }

  @Override
  final Profile profile() {
    Profile profile = withBox(stackOfTiers(sizeTiers()));
    return NeededBoxes.addedTo(profile, provider()).with(StackOptions.PURGE_DELAY, DELAY_MILLIS);
  }

  @Test
  void isARecord() {
    FailingVirtualMemory system = new FailingVirtualMemory();
    try (BarePages bare = new BarePages(system, 1)) {
      assertTrue(make(bare, system).getClass().isRecord(), "as all boxes");
    }
  }

  @Test
  void saysWhatItTurnsOrAdvises() {
    assertFalse(provider().turns().isEmpty() && provider().advises().isEmpty());
    provider().turns().forEach(SimulatedWindow::optionOf);
  }

  @Test
  void twoForTheSameAreRefused() {
    assertEquals(List.of(), Hak.check(profile()));
    Profile two = profile().withMore(Section.LEARNERS, box() + "#2");
    assertFalse(Hak.check(two).isEmpty());
  }

  @Test
  void itsWindowsComeByThemselvesAndNoneFails() {
    try (HakAllocator allocator = Hak.open(profile())) {
      List<Long> blocks = new ArrayList<>();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (learnerOf(allocator).windows() < 20) {
        assertTrue(System.nanoTime() < deadline, () -> allocator.policy().explain());
        for (int bytes = 0; bytes < MUCH_BYTES; bytes += 1_000) {
          blocks.add(allocator.malloc(1_000));
        }
        blocks.forEach(allocator::free);
        blocks.clear();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
      assertEquals(0, learnerOf(allocator).failures(), () -> allocator.policy().explain());
      HeapWalker.check(allocator, new long[0]);
    }
  }

  private Policy.Learner learnerOf(HakAllocator allocator) {
    return allocator.policy().learners().stream()
        .filter(learner -> learner.name().equals(box()))
        .findFirst()
        .orElseThrow();
  }

  private Learner make(BarePages bare, FailingVirtualMemory system) {
    return provider()
        .create(new BareContext(bare, OpenStack.settings(provider(), settings()), system));
  }

  /** Windows of any length, and some that are none, over pages that come and go. */
  @Property(tries = 30)
  void whateverItSeesItSetsWhatIsAllowed(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Long> values = new HashMap<>();
    provider().turns().forEach(key -> values.put(key, anyValue(key, random)));
    SimulatedWindow window = new SimulatedWindow(values);
    FailingVirtualMemory system = new FailingVirtualMemory();
    try (BarePages bare = new BarePages(system, SUPERSLABS)) {
      Learner learner = make(bare, system);
      double usual = learner.windowMillis() / 1_000.0;
      List<Integer> runs = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        comeAndGo(bare.pageRuns(), bare, runs, random);
        learner.window(window.seconds(anySeconds(usual, random)));
      }
    }
  }

  private static long anyValue(String key, SplittableRandom random) {
    Option option = SimulatedWindow.optionOf(key);
    return switch (random.nextInt(3)) {
      case 0 -> option.min();
      case 1 -> option.max();
      default -> random.nextLong(option.min(), option.max());
    };
  }

  private static double anySeconds(double usual, SplittableRandom random) {
    return switch (random.nextInt(20)) {
      case 0 -> Double.NaN;
      case 1 -> 0;
      case 2 -> -1;
      case 3 -> Double.POSITIVE_INFINITY;
      case 4 -> 1e300;
      case 5 -> Double.MIN_VALUE;
      case 6 -> 1e6;
      default -> usual;
    };
  }

  private static void comeAndGo(
      PageRuns pageRuns, BarePages bare, List<Integer> runs, SplittableRandom random) {
    int wanted = random.nextInt(SUPERSLABS * PageRuns.PAGES);
    while (runs.size() > wanted) {
      pageRuns.release(runs.removeLast());
    }
    for (int run = 1; runs.size() < wanted && run != 0; ) {
      run = bare.claimRun(1);
      if (run != 0) {
        runs.add(run);
      }
    }
    if (random.nextInt(8) == 0) {
      pageRuns.trim();
    }
  }
}
