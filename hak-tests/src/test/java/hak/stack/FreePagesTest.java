package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.memory.PageRuns;
import hak.testkit.CheckedUser;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.FailingVirtualMemory.Call;
import hak.testkit.HeapWalker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trim gives back the free pages of superslabs in which something lives. */
class FreePagesTest {
  /** One page. */
  private static final long PAGE = 60_000;

  private static final int SUPERSLABS = 8;

  private final FailingVirtualMemory system = new FailingVirtualMemory(EnumSet.of(Call.PURGE));

  /** Takes whole superslabs by pages and gives all but one in so many pages back. */
  private static void thinOut(HakAllocator allocator) {
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < SUPERSLABS * PageRuns.PAGES; i++) {
      blocks.add(allocator.malloc(PAGE));
    }
    for (int i = 0; i < blocks.size(); i++) {
      if (i % 11 != 5) {
        allocator.free(blocks.get(i));
      }
    }
  }

  /** Pages of superslabs in use that are free and have memory. */
  private static int freePagesWithMemory(HakAllocator allocator) {
    PageRuns runs = StackView.of(allocator).pageRuns();
    int count = 0;
    for (int i = runs.firstSuperslab(); i < runs.superslabEnd(); i++) {
      if (runs.status(i) == PageRuns.IN_USE) {
        count += Integer.bitCount(runs.touched(i) & ~runs.claimed(i));
      }
    }
    return count;
  }

  @ParameterizedTest
  @EnumSource
  void goBackAndAreUsedAgain(TestStack stack) {
    try (HakAllocator allocator = stack.open(system)) {
      thinOut(allocator);
      assertNotEquals(0, freePagesWithMemory(allocator));
      allocator.trim();
      assertEquals(0, freePagesWithMemory(allocator));
      long committed = allocator.stats().committedBytes();
      for (int i = 0; i < SUPERSLABS * PageRuns.PAGES / 2; i++) {
        allocator.malloc(PAGE);
      }
      HeapWalker.check(allocator);
      assertEquals(committed, allocator.stats().committedBytes(), "they were not found again");
    }
  }

  @ParameterizedTest
  @EnumSource
  void stayWhatTheyWereWhereTheSystemRefuses(TestStack stack) {
    try (HakAllocator allocator = stack.open(system)) {
      thinOut(allocator);
      int free = freePagesWithMemory(allocator);
      system.failFrom(1);
      allocator.trim();
      assertEquals(free, freePagesWithMemory(allocator));
      HeapWalker.check(allocator);
      system.succeed();
      allocator.trim();
      assertEquals(0, freePagesWithMemory(allocator));
    }
  }

  @ParameterizedTest
  @EnumSource
  void areNobodysWhileTheyGo(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = stack.open(system)) {
      List<CheckedUser> users = new ArrayList<>();
      List<InThread.Work> works = new ArrayList<>();
      AtomicInteger playing = new AtomicInteger(3);
      for (int i = 0; i < 3; i++) {
        CheckedUser user = new CheckedUser(allocator, i);
        SplittableRandom random = new SplittableRandom(i);
        users.add(user);
        works.add(() -> {
          try {
            user.play(random, 1_500, CheckedUser.Sizes.upTo(300_000));
          } finally {
            playing.decrementAndGet();
          }
        });
      }
      works.add(() -> {
        while (playing.get() > 0) {
          allocator.trim();
        }
      });
      InThread.all(Thread.ofPlatform(), works);
      long[] live = users.stream().flatMapToLong(user -> Arrays.stream(user.addresses())).toArray();
      HeapWalker.check(allocator, live);
      users.forEach(CheckedUser::freeAll); // checks what is in them
    }
  }
}
