package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.core.heaps.OwnerTable;
import hak.core.inside.StackView;
import hak.testkit.CheckedUser;
import hak.testkit.HeapWalker;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Living threads whose ids have the same slot of the owner table. */
class CollidingThreadTest {
  private static final int THREADS = 4;

  private final List<Thread> colliding = new ArrayList<>();

  /** A thread that is not started and has the first slot of {@code id}. */
  private static Thread collidingWith(long id, Runnable work) {
    long slot = id % OwnerTable.SLOTS;
    while (true) {
      Thread before = Thread.ofVirtual().unstarted(work); // takes an id, and nothing else
      if (before.threadId() % OwnerTable.SLOTS
          == (slot + OwnerTable.SLOTS - 1) % OwnerTable.SLOTS) {
        Thread thread = Thread.ofPlatform().unstarted(work);
        if (thread.threadId() % OwnerTable.SLOTS == slot) {
          return thread;
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachHasAHeapOfItsOwn(TestStack stack) throws InterruptedException {
    CheckedUser.Sizes small = CheckedUser.Sizes.upTo(2_000);
    try (HakAllocator allocator = stack.open()) {
      allocator.free(allocator.malloc(100));
      List<CheckedUser> users = new ArrayList<>();
      CountDownLatch played = new CountDownLatch(THREADS);
      for (int i = 0; i < THREADS; i++) {
        CheckedUser user = new CheckedUser(allocator, i);
        SplittableRandom random = new SplittableRandom(i);
        users.add(user);
        colliding.add(
            collidingWith(
                Thread.currentThread().threadId(),
                () -> {
                  try {
                    user.play(random, 2_000, small);
                  } finally {
                    played.countDown();
                  }
                  awaitEnd(played); // all live until all have played
                }));
      }
      colliding.forEach(Thread::start);
      for (Thread thread : colliding) {
        thread.join();
      }
      assertEquals(1 + THREADS, StackView.of(allocator).heaps().length, "heaps");
      users.forEach(CheckedUser::freeAll);
      HeapWalker.check(allocator, new long[0]);
      allocator.trim();
      assertEquals(0, HeapWalker.check(allocator).slabs());
      InThread.platform(() -> allocator.free(allocator.malloc(100)));
      assertTrue(StackView.of(allocator).heaps().length <= 1 + THREADS, "the dead ones' pass on");
    }
  }

  private static void awaitEnd(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
