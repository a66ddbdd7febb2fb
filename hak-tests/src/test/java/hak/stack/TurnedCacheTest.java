package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.Policy;
import hak.core.inside.StackView;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.BoxContext;
import hak.core.spi.Learner;
import hak.core.spi.LearnerProvider;
import hak.core.spi.LearningWindow;
import hak.core.spi.Section;
import hak.testkit.CheckedUser;
import hak.testkit.HeapWalker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of the capacity of {@code tls-sll} that is used changes while the stack runs. */
class TurnedCacheTest {
  private static final String KEY = "box.tls-sll.part";
  private static final int CAPACITY = 40;
  private static final long SIZE = 64;

  /** In the list of a tier that hands nothing over. */
  private static final long MIDDLE_SIZE = 9 << 10;

  private static final int PERCENT = 100;
  private static final int BALLAST_BYTES = 24 << 20;
  private static final long PATIENCE_SECONDS = 60;

  /** What is to be set in the next window. */
  private static volatile LongSupplier wanted = () -> PERCENT;

  /** Sets what the test says. */
  private record Turner() implements Learner {
    @Override
    public long windowMillis() {
      return 2;
    }

    @Override
    public void window(LearningWindow window) {
      window.set(KEY, wanted.getAsLong(), "the test says so");
    }
  }

  /** Names the learner. */
  public static final class Provider implements LearnerProvider {
    @Override
    public String id() {
      return "turner";
    }

    @Override
    public String summary() {
      return "sets the part of a cache that a test says";
    }

    @Override
    public Set<String> turns() {
      return Set.of(KEY);
    }

    @Override
    public Learner create(BoxContext context) {
      return new Turner();
    }
  }

  private static Profile profile() {
    return Profile.ofTiers("turned", List.of("tiny", "mid", "large", "big"))
        .with(StackOptions.REGION, 1L << 30)
        .with(Section.CACHES, List.of("tls-sll"))
        .with(Section.LEARNERS, List.of("turner"))
        .withSetting("tls-sll", "capacity", (long) CAPACITY)
        .withSetting("tls-sll", "bytes", 1L << 20)
        .withSetting("tiny", "largest", 8L << 10);
  }

  /** A stack that holds so much that the housekeeper looks. */
  private static HakAllocator open() {
    wanted = () -> PERCENT;
    HakAllocator stack = Hak.open(profile());
    for (int bytes = 0; bytes < BALLAST_BYTES; bytes += 100_000) {
      stack.malloc(100_000);
    }
    return stack;
  }

  private static Policy.Setting setting(HakAllocator stack) {
    return stack.policy().settings().stream()
        .filter(setting -> setting.key().equals(KEY))
        .findFirst()
        .orElseThrow();
  }

  private static void turn(HakAllocator stack, long percent) {
    wanted = () -> percent;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (setting(stack).number() != percent) {
      assertTrue(System.nanoTime() < deadline, () -> stack.policy().explain());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** How many of many freed blocks of a size the cache of this thread takes beside what it has. */
  private static int taken(HakAllocator stack, long size, int count) {
    StackView view = StackView.of(stack);
    int sizeClass = view.sizeClasses().of(size);
    long[] blocks = new long[count];
    for (int i = 0; i < count; i++) {
      blocks[i] = stack.malloc(size);
    }
    int adopted = view.caches().getFirst().blockCount(view.heaps()[0], sizeClass);
    for (long block : blocks) {
      stack.free(block);
    }
    return view.caches().getFirst().blockCount(view.heaps()[0], sizeClass) - adopted;
  }

  private static void close(HakAllocator stack) {
    HeapWalker.check(stack);
    stack.close();
  }

  /** Lists of before are met at any place, and each has the room of now from its next move on. */
  @Test
  void theNextListHasTheRoomOfNow() {
    HakAllocator stack = open();
    assertEquals(CAPACITY, taken(stack, SIZE, 5_000));
    for (long percent : new long[] {0, 50, 100, 25, 0, 100}) {
      turn(stack, percent);
      for (int i = 0; i < 40; i++) {
        assertEquals(
            CAPACITY * percent / 100, taken(stack, SIZE, 3_000 + 37 * i), percent + " %, " + i);
      }
      HeapWalker.check(stack);
    }
    close(stack);
  }

  @Test
  void soHaveListsThatLayInSlabsMeanwhile() throws InterruptedException {
    HakAllocator stack = open();
    long[] blocks = new long[20_000];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = stack.malloc(SIZE);
    }
    for (int i = 0; i < blocks.length; i += 2) {
      stack.free(blocks[i]); // every slab has a list with the room of before
    }
    Thread other =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 1; i < blocks.length; i += 4) {
                stack.free(blocks[i]); // so has every list of remote frees
              }
            });
    other.join();
    turn(stack, 0);
    long[] again = new long[15_000];
    for (int i = 0; i < again.length; i++) {
      again[i] = stack.malloc(SIZE);
      if (i > CAPACITY && i % 100 == 0) { // at any place of a list that was adopted
        int before = stack.stats().cachedBytes() == 0 ? 0 : cached(stack);
        stack.free(again[i]);
        assertEquals(before, cached(stack), "a free at " + i);
        again[i] = stack.malloc(SIZE);
      }
    }
    turn(stack, 100);
    for (long block : again) {
      stack.free(block);
    }
    for (int i = 3; i < blocks.length; i += 4) {
      stack.free(blocks[i]);
    }
    assertEquals(CAPACITY, taken(stack, SIZE, 20_000));
    stack.trim();
    assertEquals(0, cached(stack));
    assertEquals(CAPACITY, taken(stack, SIZE, 20_000));
    close(stack);
  }

  private static int cached(HakAllocator stack) {
    StackView view = StackView.of(stack);
    return view.caches().getFirst().blockCount(view.heaps()[0], view.sizeClasses().of(SIZE));
  }

  @Test
  void whatIsNotHandedOverKeepsItsRoom() {
    HakAllocator stack = open();
    assertEquals(CAPACITY, taken(stack, MIDDLE_SIZE, 500));
    turn(stack, 0);
    assertEquals(0, taken(stack, SIZE, 5_000));
    taken(stack, MIDDLE_SIZE, 500);
    assertEquals(CAPACITY, cachedMiddle(stack));
    close(stack);
  }

  private static int cachedMiddle(HakAllocator stack) {
    StackView view = StackView.of(stack);
    return view.caches().getFirst().blockCount(view.heaps()[0], view.sizeClasses().of(MIDDLE_SIZE));
  }

  @Test
  void thePolicyIsAProfileThatCanBeOpened() {
    HakAllocator stack = open();
    turn(stack, 0);
    Policy.Setting setting = setting(stack);
    assertEquals("turner", setting.by());
    assertEquals("0 %", setting.value());
    assertEquals("0 % .. 100 %", setting.range());
    Profile frozen = stack.policy().profile();
    close(stack);
    assertEquals(List.of(), Hak.check(frozen));
    try (HakAllocator opened = Hak.open(frozen)) {
      assertEquals(0, taken(opened, SIZE, 5_000));
      assertEquals(0, taken(opened, MIDDLE_SIZE, 100));
      assertTrue(opened.policy().settings().stream().noneMatch(each -> each.key().equals(KEY)));
    }
  }

  @Test
  void withoutTheCacheThereIsNothingToTurn() {
    List<Problem> problems = Hak.check(profile().with(Section.CACHES, List.of("ring-cache")));
    assertEquals(
        List.of(
            "stack.learners: 'turner' sets 'box.tls-sll.part', which cannot be set while a stack"
                + " runs without 'tls-sll'; there are stack.budget-superslabs, stack.purge-delay,"
                + " tier.mid.w-max, tier.big.huge-from"),
        problems.stream().map(Problem::toString).toList());
  }

  /**
   * Threads that come and go, virtual ones, frees of other threads' blocks, upkeep of all kinds:
   * whatever the capacity is, every block is whole and none is lost.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingIsLostWhileItTurns(boolean virtual) throws InterruptedException {
    HakAllocator stack = open();
    long[] parts = {0, 100, 10, 50};
    AtomicInteger turns = new AtomicInteger();
    wanted = () -> parts[turns.getAndIncrement() % parts.length];
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<CheckedUser> users = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      users.add(new CheckedUser(stack, i));
    }
    long generation = stack.policy().generation();
    for (int round = 0; round < 12; round++) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < users.size(); i++) {
        CheckedUser user = users.get((i + round) % users.size()); // frees what another one took
        SplittableRandom random = new SplittableRandom(round * 31L + i);
        boolean leaves = i == 0;
        Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform();
        threads.add(
            builder.start(() -> {
              try {
                for (int step = 0; step < 10; step++) {
                  user.play(random, 2_000, CheckedUser.Sizes.upTo(12_000));
                  wave(stack, 2_000);
                  if (leaves) {
                    stack.releaseThreadHeap();
                    stack.trim();
                  }
                }
              } catch (Throwable e) {
                failure.compareAndSet(null, e);
              }
            }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      if (failure.get() != null) {
        throw new AssertionError("in round " + round, failure.get());
      }
      HeapWalker.check(stack);
    }
    long decided = stack.policy().generation() - generation;
    assertTrue(decided > 20, decided + " decisions");
    assertEquals(0, stack.policy().learners().getFirst().failures());
    users.forEach(CheckedUser::freeAll);
    long ballast = 1 + (BALLAST_BYTES - 1) / 100_000;
    assertEquals(ballast, HeapWalker.check(stack).liveBlocks());
    stack.trim();
    assertEquals(0, stack.stats().cachedBytes());
    assertFalse(stack.policy().explain().isEmpty());
    close(stack);
  }

  /** As interpreters do: most of it goes by the slabs, whatever the capacity. */
  private static void wave(HakAllocator stack, int count) {
    long[] blocks = new long[count];
    for (int i = 0; i < count; i++) {
      blocks[i] = stack.malloc(SIZE);
    }
    for (long block : blocks) {
      stack.free(block);
    }
  }
}
