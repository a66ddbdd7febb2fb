package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.stack.Turnstile.Gate;
import hak.testkit.CheckedUser;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.HeapReport;
import hak.testkit.HeapWalker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trim reaches the heaps of living threads that wait, and of nobody who is inside. */
class IdleThreadTest {
  private static final CheckedUser.Sizes SMALL = CheckedUser.Sizes.upTo(2_000);
  private static final int THREADS = 4;

  @AfterEach
  void nobodyIsWatched() {
    Turnstile.leave();
  }

  /** Threads that play twice; between that they wait, and something else is done. */
  private static void playTwice(
      HakAllocator allocator, List<CheckedUser> users, InThread.Work between)
      throws InterruptedException {
    CountDownLatch played = new CountDownLatch(THREADS);
    CountDownLatch goOn = new CountDownLatch(1);
    List<InThread.Work> works = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      CheckedUser user = new CheckedUser(allocator, i);
      SplittableRandom random = new SplittableRandom(i);
      users.add(user);
      works.add(() -> {
        user.play(random, 2_000, SMALL);
        played.countDown();
        goOn.await();
        user.play(random, 2_000, SMALL);
      });
    }
    works.add(() -> {
      played.await();
      awaitWaiting();
      between.run();
      goOn.countDown();
    });
    InThread.all(Thread.ofPlatform(), works);
  }

  /** Until all threads of this test but the running one wait. */
  private static void awaitWaiting() {
    Thread[] all = new Thread[1_000];
    int count = Thread.currentThread().getThreadGroup().enumerate(all);
    for (int i = 0; i < count; i++) {
      while (!all[i].equals(Thread.currentThread()) && all[i].getState() == Thread.State.RUNNABLE) {
        if (all[i].isDaemon()) {
          break; // not of this test
        }
        Thread.onSpinWait();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatSleepingThreadsKeepGoesBack(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      List<CheckedUser> users = new ArrayList<>();
      playTwice(
          allocator,
          users,
          () -> {
            users.forEach(CheckedUser::freeAll); // by another thread
            assertNotEquals(0, HeapWalker.check(allocator).slabs());
            allocator.trim();
            HeapReport report = HeapWalker.check(allocator);
            assertEquals(0, report.cachedBlocks(), "cached blocks");
            assertEquals(0, report.remoteBlocks(), "blocks in remote lists");
            assertEquals(0, report.slabs(), "slabs");
          });
      long[] live = users.stream().flatMapToLong(user -> Arrays.stream(user.addresses())).toArray();
      HeapWalker.check(allocator, live);
      int heaps = StackView.of(allocator).heaps().length;
      assertTrue(heaps <= THREADS + 1, () -> "they got heaps again, not new ones: " + heaps);
    }
  }

  /** The one who trims comes at every moment of a thread's day. */
  @ParameterizedTest
  @EnumSource
  void threadsThatWaitNowAndThenLoseNothing(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      List<CheckedUser> users = new ArrayList<>();
      List<InThread.Work> works = new ArrayList<>();
      AtomicInteger playing = new AtomicInteger(THREADS);
      for (int i = 0; i < THREADS; i++) {
        CheckedUser user = new CheckedUser(allocator, i);
        SplittableRandom random = new SplittableRandom(i);
        users.add(user);
        works.add(() -> {
          try {
            for (int round = 0; round < 200; round++) {
              user.play(random, 50, SMALL);
              LockSupport.parkNanos(20_000);
            }
          } finally {
            playing.decrementAndGet();
          }
        });
      }
      for (int i = 0; i < 2; i++) {
        works.add(() -> {
          while (playing.get() > 0) {
            allocator.trim();
          }
        });
      }
      InThread.all(Thread.ofPlatform(), works);
      long[] live = users.stream().flatMapToLong(user -> Arrays.stream(user.addresses())).toArray();
      HeapWalker.check(allocator, live);
      users.forEach(CheckedUser::freeAll);
      allocator.trim();
      assertEquals(0, HeapWalker.check(allocator).slabs());
    }
  }

  /**
   * One thread waits at its first pass of a gate, until the one it meets there has done its work.
   */
  private static final class Stop implements Turnstile.Visitor {
    private final Gate gate;
    private final CyclicBarrier barrier = new CyclicBarrier(2);
    private volatile Thread held;

    Stop(Gate gate) {
      this.gate = gate;
    }

    /** The running thread is the one to stop. */
    void me() {
      held = Thread.currentThread();
    }

    @Override
    public void passes(Gate passed, int heap) {
      if (passed == gate && Thread.currentThread().equals(held)) {
        held = null;
        meet();
        meet();
      }
    }

    void meet() {
      try {
        barrier.await();
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new AssertionError(e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Gate.class,
      names = {"POP", "PUSH", "POPPED", "PUSHED"})
  void whoWaitsInsideKeepsItsHeap(Gate gate) throws InterruptedException {
    try (HakAllocator allocator = Turnstile.open(TestStack.BARE, new FailingVirtualMemory())) {
      Stop stop = new Stop(gate);
      InThread.Work inside =
          () -> {
            allocator.free(allocator.malloc(100));
            stop.me();
            allocator.free(allocator.malloc(100));
            allocator.free(allocator.malloc(100));
          };
      InThread.Work trimming =
          () -> {
            stop.meet();
            int slabs = HeapWalker.check(allocator).slabs();
            allocator.trim();
            assertNotEquals(0, slabs);
            assertEquals(slabs, HeapWalker.check(allocator).slabs(), "its slab was taken");
            stop.meet();
          };
      Turnstile.watch(stop);
      InThread.all(Thread.ofPlatform(), List.of(inside, trimming));
      assertEquals(1, StackView.of(allocator).heaps().length, "it took its heap back");
      HeapWalker.check(allocator, new long[0]);
    }
  }

  /** A thread that was looked at while it was inside, and allocates no more. */
  private static void lookAtWhoFrees(InThread.Work then, HakAllocator allocator)
      throws InterruptedException {
    Stop stop = new Stop(Gate.PUSH);
    InThread.Work inside =
        () -> {
          long first = allocator.malloc(100);
          long second = allocator.malloc(100);
          allocator.free(first);
          stop.me();
          allocator.free(second);
          then.run();
        };
    InThread.Work looking =
        () -> {
          stop.meet();
          allocator.trim();
          assertNotEquals(0, HeapWalker.check(allocator).cachedBlocks(), "it was left alone");
          stop.meet();
        };
    Turnstile.watch(stop);
    InThread.all(Thread.ofPlatform(), List.of(inside, looking));
  }

  @ParameterizedTest
  @EnumSource(names = {"CACHED", "FULL", "HIGH"})
  void whoWasLookedAtInsideTrimsWhatItKeeps(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = Turnstile.open(stack, new FailingVirtualMemory())) {
      lookAtWhoFrees(
          () -> {
            allocator.trim();
            assertEquals(0, HeapWalker.check(allocator).cachedBlocks(), "cached blocks");
          },
          allocator);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CACHED", "FULL", "HIGH"})
  void andGivesItUpWithItsHeap(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = Turnstile.open(stack, new FailingVirtualMemory())) {
      lookAtWhoFrees(
          () -> {
            allocator.releaseThreadHeap();
            assertEquals(0, HeapWalker.check(allocator).cachedBlocks(), "cached blocks");
            InThread.platform(() -> allocator.free(allocator.malloc(100)));
            assertEquals(1, StackView.of(allocator).heaps().length, "another got it");
          },
          allocator);
    }
  }
}
