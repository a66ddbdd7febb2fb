package hak.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.memory.PageRuns;
import hak.core.memory.Placement;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.Section;
import hak.core.spi.SlabPlacement;
import hak.core.spi.SlabPlacementProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link SlabPlacement}: it ends its list of wishes, whatever superslabs it is told
 * of; what it wishes wastes no memory and outlives none.
 */
public abstract class SlabPlacementContract extends BoxContract<SlabPlacementProvider> {
  /** More superslabs than any stack of these tests has. */
  private static final int MOST_WISHES = 1 << 14;

  /** For subclasses. */
  protected SlabPlacementContract() {
    super(SlabPlacementProvider.class);
  }

  @Override
  final Profile profile() {
    return withBox(stackOfTiers(sizeTiers()));
  }

  private Profile small() {
    return profile()
        .with(StackOptions.START, 0)
        .with(StackOptions.REGION, StackOptions.REGION.min())
        .with(StackOptions.THREADS, 4);
  }

  @Test
  void isARecord() {
    try (HakAllocator allocator = Hak.open(profile())) {
      assertTrue(
          StackView.of(allocator).boxes().of(SlabPlacement.class).getFirst().getClass().isRecord());
    }
  }

  @Test
  void wishesEndWhateverWasClaimed() {
    try (OpenStack stack = new OpenStack(profile())) {
      SlabPlacement placement = stack.view.boxes().of(SlabPlacement.class).getFirst();
      SplittableRandom random = new SplittableRandom(5);
      int first = stack.view.pageRuns().firstSuperslab();
      for (int i = 0; i < 1_000; i++) {
        int sizeClass = 1 + random.nextInt(stack.classes.last());
        placement.claimed(stack.heap, sizeClass, first + random.nextInt(100), random.nextBoolean());
        int wishes = 0;
        int wish = placement.next(stack.heap, sizeClass, Placement.NONE);
        while (wish != Placement.NONE) {
          assertTrue(wishes++ < MOST_WISHES, "wishes without an end");
          assertTrue(wish == Placement.ANOTHER || wish >= first, "wishes for " + wish);
          wish = placement.next(stack.heap, sizeClass, wish);
        }
      }
    }
  }

  @Test
  void aSmallRegionIsUsedAsFarAsWithoutIt() {
    long without = exhaust(small().with(Section.PLACEMENT, List.of()));
    assertEquals(without, exhaust(small()));
  }

  /** How many blocks of two sizes, in turns, there are. */
  private static long exhaust(Profile profile) {
    try (HakAllocator allocator = Hak.open(profile)) {
      long count = 0;
      try {
        while (true) {
          allocator.malloc(16);
          allocator.malloc(1_000);
          count += 2;
        }
      } catch (OutOfMemoryError e) {
        HeapWalker.check(allocator);
      }
      return count;
    }
  }

  @Test
  void superslabsThatItRemembersAreGivenBack() {
    try (HakAllocator allocator = Hak.open(profile())) {
      for (int round = 0; round < 4; round++) {
        List<Long> blocks = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
          blocks.add(allocator.malloc(i % 2 == 0 ? 24 : 700));
        }
        HeapWalker.check(allocator);
        blocks.forEach(allocator::free);
        allocator.trim();
        assertEquals(0, inUse(allocator), "superslabs in use in round " + round);
      }
    }
  }

  @Test
  void whatADeadThreadLeftIsCollectedBeforeThePoolGrows() throws InterruptedException {
    try (HakAllocator allocator = Hak.open(profile())) {
      PageRuns pageRuns = StackView.of(allocator).pageRuns();
      List<Long> blocks = new ArrayList<>();
      allocator.malloc(24);
      Thread thread = new Thread(() -> takeSuperslabs(allocator, 4, blocks));
      thread.start();
      thread.join();
      blocks.forEach(allocator::free);
      int before = pageRuns.superslabCount();
      takeSuperslabs(allocator, 3, blocks);
      int more = pageRuns.superslabCount() - before;
      assertTrue(more <= 1, more + " more superslabs, although 4 hold free blocks alone");
      HeapWalker.check(allocator);
    }
  }

  private static void takeSuperslabs(HakAllocator allocator, int superslabs, List<Long> blocks) {
    for (int i = 0; i < superslabs * (PageRuns.SUPERSLAB_BYTES / 32); i++) {
      blocks.add(allocator.malloc(24));
    }
  }

  private static int inUse(HakAllocator allocator) {
    PageRuns pageRuns = StackView.of(allocator).pageRuns();
    int count = 0;
    for (int i = pageRuns.firstSuperslab(); i < pageRuns.superslabEnd(); i++) {
      count += pageRuns.status(i) == PageRuns.IN_USE ? 1 : 0;
    }
    return count;
  }

  @Test
  void aWishThatIsStaleDoesNoHarm() throws InterruptedException {
    try (HakAllocator allocator = Hak.open(profile())) {
      List<Thread> threads = new ArrayList<>();
      List<Throwable> thrown = new ArrayList<>();
      for (int seed = 0; seed < 3; seed++) {
        CheckedUser user = new CheckedUser(allocator, seed);
        SplittableRandom random = new SplittableRandom(seed);
        Thread thread =
            new Thread(() -> {
              for (int round = 0; round < 6; round++) {
                user.play(random, 1_500, CheckedUser.Sizes.upTo(4_000));
                user.freeAll();
                allocator.trim();
              }
            });
        thread.setUncaughtExceptionHandler((_, e) -> thrown.add(e));
        threads.add(thread);
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(List.of(), thrown);
      HeapWalker.check(allocator, new long[0]);
    }
  }
}
