package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.Section;
import hak.testkit.HeapWalker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** There is room for the heaps of as many threads as a profile says, or it is refused. */
class HeapSpaceTest {
  private static final long MIB = 1L << 20;

  /** With rings so long that a heap has hundreds of kilobytes. */
  private static Profile largeHeaps() {
    return TestStack.BARE
        .profile()
        .with(Section.CACHES, List.of("ring-cache"))
        .withSetting("ring-cache", "capacity", 4096L);
  }

  private static int sharedHeaps() {
    return 2 * Runtime.getRuntime().availableProcessors();
  }

  private static Problem onlyProblem(Profile profile) {
    List<Problem> problems = Hak.check(profile);
    assertEquals(1, problems.size(), problems::toString);
    return problems.getFirst();
  }

  private static long numberIn(Problem problem, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(problem.message());
    assertTrue(matcher.find(), problem.message());
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void heapsThatDoNotFitAreRefusedWithTheArithmetic() {
    long heapBytes;
    try (HakAllocator allocator = Hak.open(largeHeaps())) {
      heapBytes = allocator.describe().heapBytes();
    }
    Problem problem = onlyProblem(largeHeaps().with(StackOptions.REGION, 64 * MIB));
    assertEquals("stack.threads", problem.path());
    for (String part :
        List.of(
            String.format("a thread heap takes %,d B ('ring-cache' ", heapBytes),
            "256 threads and " + sharedHeaps() + " heaps",
            String.format("make %,d B", (256 + sharedHeaps()) * heapBytes),
            String.format("%,d B", 64 * MIB))) {
      assertTrue(problem.message().contains(part), () -> part + " is not in " + problem);
    }
  }

  @Test
  void whatTheRefusalSaysWouldHelpHelps() {
    Profile small = largeHeaps().with(StackOptions.REGION, 64 * MIB);
    Problem problem = onlyProblem(small);
    long region = numberIn(problem, "region >= (\\d+) MiB") * MIB;
    long threads = numberIn(problem, "threads <= (\\d+) threads");
    assertEquals(List.of(), Hak.check(small.with(StackOptions.REGION, region)));
    assertEquals(
        "stack.threads", onlyProblem(small.with(StackOptions.REGION, region - 2 * MIB)).path());
    assertEquals(List.of(), Hak.check(small.with(StackOptions.THREADS, threads)));
    assertEquals(
        "stack.threads", onlyProblem(small.with(StackOptions.THREADS, threads + 1)).path());
  }

  @Test
  void heapsThatNoRegionHoldsAreRefusedWithoutNamingOne() {
    Problem problem =
        onlyProblem(largeHeaps().with(StackOptions.THREADS, StackOptions.THREADS.max()));
    assertEquals("stack.threads", problem.path());
    assertFalse(problem.message().contains("region >="), problem.message());
    numberIn(problem, "threads <= (\\d+) threads");
  }

  /** Allocates a block in each thread and keeps all of them alive until every one has a block. */
  private static List<Long> oneBlockInEach(HakAllocator allocator, int threads)
      throws InterruptedException {
    List<Long> blocks = new ArrayList<>();
    List<Throwable> thrown = new ArrayList<>();
    List<Thread> started = new ArrayList<>();
    CountDownLatch allHaveOne = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(() -> {
            try {
              long block = allocator.malloc(100);
              synchronized (blocks) {
                blocks.add(block);
              }
            } finally {
              allHaveOne.countDown();
            }
            awaitForEver(allHaveOne);
          });
      thread.setUncaughtExceptionHandler((_, e) -> thrown.add(e));
      started.add(thread);
      thread.start();
    }
    for (Thread thread : started) {
      thread.join();
    }
    assertEquals(List.of(), thrown);
    return blocks;
  }

  private static void awaitForEver(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void asManyThreadsAsSaidGetAHeapOfTheirOwnAndTheOthersShareSome() throws InterruptedException {
    int threads = 12;
    Profile wanted = largeHeaps().with(StackOptions.THREADS, threads);
    long region = 64 * MIB;
    while (!Hak.check(wanted.with(StackOptions.REGION, region)).isEmpty()) {
      region += 2 * MIB;
    }
    try (HakAllocator allocator = Hak.open(wanted.with(StackOptions.REGION, region))) {
      List<Long> blocks = oneBlockInEach(allocator, threads);
      assertEquals(threads, StackView.of(allocator).heaps().length, "heaps of their own");
      for (int i = 0; StackView.of(allocator).heaps().length < threads + sharedHeaps(); i++) {
        assertTrue(i < 10_000, "virtual threads meet only some of the shared heaps");
        InThread.virtual(() -> blocks.add(allocator.malloc(100)));
      }
      HeapWalker.check(allocator, blocks.stream().mapToLong(Long::longValue).toArray());
      blocks.forEach(allocator::free);
    }
  }

  @Test
  void theShippedProfilesHaveRoomForThousandsOfThreads() {
    for (String name : Hak.profiles()) {
      assertEquals(
          List.of(), Hak.check(Hak.profile(name).with(StackOptions.THREADS, 10_000)), name);
    }
  }
}
