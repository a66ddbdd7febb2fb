package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.testkit.CheckedUser;
import hak.testkit.HeapReport;
import hak.testkit.HeapWalker;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What threads leave behind is neither lost nor piled up. */
class ThreadDeathTest {
  private static final CheckedUser.Sizes SMALL = CheckedUser.Sizes.upTo(2_000);

  /** Pages of small blocks at large alignments are kept: as many as there were at once. */
  private static final long KEPT_OUTSIDE_BYTES = 64 << 10;

  @ParameterizedTest
  @EnumSource
  void blocksOutliveTheirThread(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      CheckedUser user = new CheckedUser(allocator, 1);
      InThread.platform(() -> user.play(new SplittableRandom(1), 5_000, SMALL));
      HeapWalker.check(allocator, user.addresses());
      user.freeAll(); // by another thread, contents checked
      HeapWalker.check(allocator, new long[0]);
      allocator.trim();
      assertAllGivenBack(allocator);
    }
  }

  private static void assertNotGrown(long committed, HakAllocator allocator) {
    long grown = allocator.stats().committedBytes() - committed;
    assertTrue(grown <= KEPT_OUTSIDE_BYTES, () -> grown + " B committed since the 100th");
  }

  private static void assertAllGivenBack(HakAllocator allocator) {
    HeapReport report = HeapWalker.check(allocator);
    assertEquals(0, report.slabs(), "slabs");
    assertEquals(0, report.cachedBlocks(), "cached blocks");
    assertEquals(0, report.remoteBlocks(), "blocks in remote lists");
    assertEquals(0, report.superslabs(), "superslabs in use");
  }

  @ParameterizedTest
  @EnumSource
  void aThousandShortThreadsDoNotGrowTheStack(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      CheckedUser kept = new CheckedUser(allocator, 1);
      long committed = 0;
      for (int generation = 0; generation < 1_000; generation++) {
        SplittableRandom random = new SplittableRandom(generation);
        InThread.platform(() -> {
          CheckedUser user = new CheckedUser(allocator, 2);
          user.play(random, 100, SMALL);
          kept.malloc(50);
          if (kept.blockCount() > 100) {
            kept.free(random.nextInt(100)); // of a thread that is dead
          }
          user.freeAll();
        });
        if (generation == 100) {
          committed = allocator.stats().committedBytes();
        }
      }
      assertNotGrown(committed, allocator);
      assertTrue(
          StackView.of(allocator).heaps().length <= 2, "heaps: one passes from thread to thread");
      HeapWalker.check(allocator, kept.addresses());
      kept.freeAll();
      allocator.trim();
      assertAllGivenBack(allocator);
    }
  }

  @ParameterizedTest
  @EnumSource
  void generationsOfManyThreadsAtOnceDoNotGrowTheStack(TestStack stack)
      throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      long committed = 0;
      for (int generation = 0; generation < 30; generation++) {
        List<InThread.Work> works = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
          SplittableRandom random = new SplittableRandom(i);
          works.add(() -> {
            CheckedUser user = new CheckedUser(allocator, 3);
            user.play(random, 300, SMALL);
            user.freeAll();
          });
        }
        InThread.all(Thread.ofPlatform(), works);
        HeapWalker.check(allocator, new long[0]);
        if (generation == 10) {
          committed = allocator.stats().committedBytes();
        }
      }
      assertTrue(allocator.stats().committedBytes() <= committed + (16 << 20));
      assertTrue(StackView.of(allocator).heaps().length <= 17);
      allocator.trim();
      assertAllGivenBack(allocator);
    }
  }

  /** A thousand times eight threads: nothing is left of those that are gone. */
  @Test
  void aThousandGenerationsOfEightThreadsDoNotGrowTheStack() throws InterruptedException {
    int threads = 8;
    try (HakAllocator allocator = TestStack.CACHED.open()) {
      CheckedUser[] users = new CheckedUser[threads];
      Arrays.setAll(users, i -> new CheckedUser(allocator, i));
      long committed = 0;
      for (int generation = 0; generation < 1_000; generation++) {
        List<InThread.Work> works = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          CheckedUser user = users[i];
          SplittableRandom random = new SplittableRandom((long) generation * threads + i);
          works.add(() -> {
            user.freeAll(); // of a thread that is dead
            user.play(random, 30, SMALL);
          });
        }
        InThread.all(Thread.ofPlatform(), works);
        if (generation == 100) {
          committed = allocator.stats().committedBytes();
        }
      }
      assertNotGrown(committed, allocator);
      assertTrue(StackView.of(allocator).heaps().length <= threads, "heaps pass on");
      for (CheckedUser user : users) {
        user.freeAll();
      }
      allocator.trim();
      assertAllGivenBack(allocator);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // yields to mix the threads; nothing depends on it
  @ParameterizedTest
  @EnumSource
  void virtualThreadsShareHeapsAndLoseNothing(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      List<CheckedUser> users = new ArrayList<>();
      List<InThread.Work> works = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        CheckedUser user = new CheckedUser(allocator, i);
        SplittableRandom random = new SplittableRandom(i);
        users.add(user);
        works.add(() -> {
          for (int k = 0; k < 10; k++) {
            user.play(random, 20, SMALL);
            Thread.yield();
          }
        });
      }
      InThread.all(Thread.ofVirtual(), works);
      long[] live = users.stream().flatMapToLong(user -> Arrays.stream(user.addresses())).toArray();
      HeapWalker.check(allocator, live);
      int most = 2 * Runtime.getRuntime().availableProcessors();
      assertTrue(StackView.of(allocator).heaps().length <= most, "heaps for 500 virtual threads");
      InThread.virtual(() -> users.forEach(CheckedUser::freeAll));
      HeapWalker.check(allocator, new long[0]);
      allocator.trim();
      assertAllGivenBack(allocator);
    }
  }

  @ParameterizedTest
  @EnumSource
  void virtualAndPlatformThreadsFreeEachOthersBlocks(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      CheckedUser ofPlatform = new CheckedUser(allocator, 1);
      CheckedUser ofVirtual = new CheckedUser(allocator, 2);
      for (int round = 0; round < 20; round++) {
        SplittableRandom random = new SplittableRandom(round);
        InThread.platform(() -> ofPlatform.play(random, 500, SMALL));
        InThread.virtual(() -> ofVirtual.play(random, 500, SMALL));
        InThread.virtual(ofPlatform::freeAll);
        InThread.platform(ofVirtual::freeAll);
        HeapWalker.check(allocator, new long[0]);
      }
      allocator.trim();
      assertAllGivenBack(allocator);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReleasedHeapPassesToTheNextThread(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      CheckedUser user = new CheckedUser(allocator, 1);
      for (int round = 0; round < 10; round++) {
        SplittableRandom random = new SplittableRandom(round);
        user.play(random, 500, SMALL);
        allocator.releaseThreadHeap();
        HeapReport report = HeapWalker.check(allocator, user.addresses());
        assertEquals(0, report.cachedBlocks());
        InThread.platform(() -> user.play(random, 500, SMALL));
        InThread.platform(() -> user.play(random, 500, SMALL));
      }
      user.freeAll();
      allocator.trim();
      assertAllGivenBack(allocator);
      assertTrue(StackView.of(allocator).heaps().length <= 2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDeadThreadIsNotKeptReachable(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      WeakReference<Thread> dead = deadUserOf(allocator);
      for (int i = 0; i < 50 && dead.get() != null; i++) {
        System.gc();
      }
      assertNull(dead.get(), "a dead thread that nobody swept is kept");
      InThread.platform(() -> allocator.free(allocator.malloc(100)));
      assertEquals(1, StackView.of(allocator).heaps().length, "its heap passed on all the same");
      HeapWalker.check(allocator, new long[0]);
    }
  }

  private static WeakReference<Thread> deadUserOf(HakAllocator allocator)
      throws InterruptedException {
    Thread thread = new Thread(() -> allocator.free(allocator.malloc(100)));
    thread.start();
    thread.join();
    return new WeakReference<>(thread);
  }
}
