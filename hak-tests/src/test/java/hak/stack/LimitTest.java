package hak.stack;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.memory.PageRuns;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.Section;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.FailingVirtualMemory.Call;
import hak.testkit.HeapWalker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options {@code stack.limit} and {@code stack.soft-limit}. */
class LimitTest {
  private static final int MIB = 1 << 20;
  private static final long LIMIT = 64 * MIB;

  private static Profile limited(TestStack stack) {
    return stack.profile().with(StackOptions.LIMIT, LIMIT);
  }

  /** Allocates blocks until one is refused; the message of the error. */
  private static String fill(HakAllocator allocator, long size, List<Long> blocks) {
    return assertThrows(
            OutOfMemoryError.class,
            () -> {
              while (true) {
                blocks.add(allocator.malloc(size));
              }
            })
        .getMessage();
  }

  @ParameterizedTest
  @EnumSource
  void everySizeStopsAtTheLimitAndTheErrorSaysSo(TestStack stack) {
    try (HakAllocator allocator = Hak.open(limited(stack))) {
      for (long size : new long[] {100, 5_000, 100_000, MIB, 3 * MIB, 10 * MIB}) {
        List<Long> blocks = new ArrayList<>();
        String message = fill(allocator, size, blocks);
        assertTrue(message.contains("stack.limit"), message);
        assertTrue(message.contains(String.format("%,d B requested", size)), message);
        assertTrue(blocks.size() * size <= LIMIT, blocks.size() + " blocks of " + size);
        assertTrue(blocks.size() * size >= LIMIT / 2, blocks.size() + " blocks of " + size);
        HeapWalker.check(allocator, blocks.stream().mapToLong(Long::longValue).toArray());
        blocks.forEach(allocator::free);
        allocator.trim();
      }
    }
  }

  /** What is given back can be taken again by another tier: nothing is counted twice or lost. */
  @ParameterizedTest
  @EnumSource
  void bigAndSmallBlocksShareTheLimit(TestStack stack) {
    try (HakAllocator allocator = Hak.open(limited(stack))) {
      long first = fillAndFree(allocator, 1_000); // with all the metadata there will be
      for (int round = 0; round < 30; round++) {
        long bytes = fillAndFree(allocator, round % 2 == 0 ? 3 * MIB : 1_000);
        assertTrue(Math.abs(bytes - first) <= 8 * MIB, bytes + " B in round " + round);
      }
    }
  }

  private static long fillAndFree(HakAllocator allocator, long size) {
    List<Long> blocks = new ArrayList<>();
    fill(allocator, size, blocks);
    blocks.forEach(allocator::free);
    return blocks.size() * size;
  }

  @Test
  void aThreadHeapCountsToo() throws InterruptedException {
    Profile profile =
        limited(TestStack.BARE)
            .with(Section.CACHES, List.of("ring-cache"))
            .withSetting("ring-cache", "capacity", 4096L)
            .with(StackOptions.THREADS, 64);
    FailingVirtualMemory system = new FailingVirtualMemory();
    try (HakAllocator allocator = system.open(profile)) {
      List<Long> blocks = new ArrayList<>();
      fill(allocator, MIB, blocks);
      long commits = system.count(Call.COMMIT);
      InThread.platform(() -> assertThrows(OutOfMemoryError.class, () -> allocator.malloc(100)));
      assertEquals(commits, system.count(Call.COMMIT), "the second heap");
      blocks.forEach(allocator::free);
      InThread.platform(() -> allocator.free(allocator.malloc(100)));
      assertTrue(system.count(Call.COMMIT) > commits, "the second heap needed no commit");
    }
  }

  /** What could not be purged is held still, and used again. */
  @Test
  void aSuperslabThatTheSystemDoesNotTakeBackIsCountedOnce() {
    FailingVirtualMemory system = new FailingVirtualMemory();
    try (HakAllocator allocator = system.open(limited(TestStack.BARE))) {
      List<Long> blocks = new ArrayList<>();
      fill(allocator, MIB, blocks);
      int most = blocks.size();
      for (int n : new int[] {1, 2, 5}) {
        system.failFrom(n);
        blocks.forEach(allocator::free);
        blocks.clear();
        system.succeed();
        fill(allocator, MIB, blocks);
        assertEquals(most, blocks.size(), "after purges failed from the " + n + "th on");
      }
      blocks.forEach(allocator::free);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, MIB, 3 * MIB})
  void aLimitBelowWhatAStackTakesIsRefusedWithTheArithmetic(long limit) {
    List<Problem> problems = Hak.check(TestStack.FULL.profile().with(StackOptions.LIMIT, limit));
    assertEquals(1, problems.size(), problems::toString);
    assertEquals("stack.limit", problems.getFirst().path());
    String message = problems.getFirst().message();
    assertTrue(message.startsWith(String.format("limit %,d B is less than ", limit)), message);
  }

  /** The least that is named opens, has a heap and a block, and nobody hears of the rehearsal. */
  @ParameterizedTest
  @EnumSource
  void theLeastLimitThatIsNamedWorks(TestStack stack) {
    Profile tooSmall = stack.profile().with(StackOptions.LIMIT, 1);
    String message = Hak.check(tooSmall).getFirst().message();
    long least =
        Long.parseLong(message.replaceAll(".* less than ([0-9,]+) B.*", "$1").replace(",", ""));
    Profile profile = stack.profile().withName("least").with(StackOptions.LIMIT, least);
    List<String> messages =
        LogHandler.messagesOf(() ->
            assertDoesNotThrow(() -> {
              try (HakAllocator allocator = Hak.open(profile)) {
                allocator.free(allocator.malloc(100));
              }
            }));
    assertEquals(List.of(), messages);
  }

  @Test
  void beyondTheSoftLimitWhatIsKeptIsGivenBackBeforeMoreIsTaken() {
    Profile profile =
        TestStack.FULL
            .profile()
            .withSetting("ss-reuse", "keep", 512L * MIB)
            .with(StackOptions.SOFT_LIMIT, 64 * MIB);
    FailingVirtualMemory system = new FailingVirtualMemory();
    try (HakAllocator allocator = system.open(profile)) {
      PageRuns runs = StackView.of(allocator).pageRuns();
      List<Long> blocks = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        blocks.add(allocator.malloc(MIB));
      }
      blocks.forEach(allocator::free);
      assertEquals(0, purged(runs), "kept below the soft limit");
      long big = allocator.malloc(48 * MIB);
      assertTrue(purged(runs) >= 18, purged(runs) + " superslabs purged");
      allocator.free(big);
    }
  }

  private static int purged(PageRuns runs) {
    int purged = 0;
    for (int i = runs.firstSuperslab(); i < runs.superslabEnd(); i++) {
      purged += runs.status(i) == PageRuns.PURGED ? 1 : 0;
    }
    return purged;
  }

  /** The soft limit refuses nobody, and is looked at once for each step, not for each superslab. */
  @Test
  void theSoftLimitIsNoLimit() {
    Profile profile = TestStack.FULL.profile().with(StackOptions.SOFT_LIMIT, 32 * MIB);
    try (HakAllocator allocator = Hak.open(profile)) {
      List<Long> blocks = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        blocks.add(allocator.malloc(MIB));
        blocks.add(allocator.malloc(3 * MIB));
        blocks.add(allocator.malloc(1_000));
      }
      HeapWalker.check(allocator, blocks.stream().mapToLong(Long::longValue).toArray());
      blocks.forEach(allocator::free);
    }
  }
}
