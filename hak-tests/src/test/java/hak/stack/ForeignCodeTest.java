package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.testkit.HeapWalker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No monitor and no code of others under a lock of the allocator. */
class ForeignCodeTest {
  private static final long PATIENCE_SECONDS = 30;

  private static void await(CountDownLatch latch, String what) {
    try {
      assertTrue(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "stands still: " + what);
    } catch (InterruptedException e) {
      throw new AssertionError(what, e);
    }
  }

  /** A thread that dies with a heap, in a class that overrides what can be overridden. */
  private static final class Hostile extends Thread {
    private final Runnable work;

    Hostile(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      work.run();
    }

    @Override
    public String toString() {
      throw new IllegalStateException("not for allocators");
    }

    @Override
    public int hashCode() {
      throw new IllegalStateException("not for allocators");
    }

    @Override
    public boolean equals(Object other) {
      throw new IllegalStateException("not for allocators");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theMonitorOfADeadThreadMayBeHeldByAnybody(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      Thread dead = new Hostile(() -> allocator.free(allocator.malloc(100)));
      dead.start();
      dead.join();
      CountDownLatch held = new CountDownLatch(1);
      CountDownLatch done = new CountDownLatch(2);
      InThread.Work holder =
          () -> {
            synchronized (dead) {
              held.countDown();
              await(done, "threads beside the one that holds the monitor of a dead thread");
              allocator.free(allocator.malloc(100)); // its first
            }
          };
      InThread.Work trimmer =
          () -> {
            await(held, "the holder");
            allocator.trim();
            done.countDown();
          };
      InThread.Work newcomer =
          () -> {
            await(held, "the holder");
            allocator.free(allocator.malloc(100)); // adopts the heap of the dead
            done.countDown();
          };
      InThread.all(Thread.ofPlatform(), List.of(holder, trimmer, newcomer));
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @Test
  void aLogHandlerMayUseTheAllocatorThatLogsAndWaitForOthersThatDo() throws Exception {
    try (HakAllocator allocator = TestStack.FULL.open()) {
      List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
      int[] records = new int[1];
      Consumer<String> useIt =
          message -> {
            try {
              records[0]++;
              allocator.free(allocator.malloc(5_000));
              allocator.trim();
              allocator.stats();
              InThread.platform(() -> allocator.free(allocator.malloc(100)));
              InThread.virtual(() -> allocator.free(allocator.malloc(100)));
            } catch (Throwable e) {
              thrown.add(e);
            }
          };
      LogHandler.during(
          () -> {
            allocator.free(16); // foreign: the guard warns
            InThread.virtual(() -> allocator.free(allocator.malloc(100)));
          },
          useIt);
      assertEquals(List.of(), thrown);
      assertEquals(1, records[0]);
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCloseEndsWhateverALogHandlerDoes(TestStack stack) throws Exception {
    HakAllocator allocator = stack.open();
    allocator.malloc(100);
    List<Throwable> thrown = new ArrayList<>();
    RuntimeException fault = new IllegalArgumentException("a handler at fault");
    LogHandler.during(
        () -> {
          try {
            allocator.close();
          } catch (IllegalArgumentException e) {
            thrown.add(e);
          }
        },
        message -> {
          try {
            allocator.malloc(100);
          } catch (IllegalStateException e) {
            thrown.add(e);
          }
          throw fault;
        });
    assertEquals(2, thrown.size(), thrown::toString);
    assertEquals(fault, thrown.getLast());
    allocator.close(); // does nothing: it is closed
  }
}
