package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.core.memory.PageRuns;
import hak.stack.Turnstile.Gate;
import hak.testkit.HeapWalker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Before the pool grows, heaps of dead threads are emptied: some each time, in the end all. */
class ReclaimTest extends TurnstileTest {
  private static final int DEAD = 200;
  private static final int MOST_AT_ONCE = 64;

  /** Threads that were alive together, so that each had a heap. */
  private static void useAndDie(HakAllocator allocator) throws InterruptedException {
    CountDownLatch allHaveOne = new CountDownLatch(DEAD);
    List<InThread.Work> works = new ArrayList<>();
    for (int i = 0; i < DEAD; i++) {
      works.add(() -> {
        allocator.free(allocator.malloc(100));
        allHaveOne.countDown();
        allHaveOne.await();
      });
    }
    InThread.all(Thread.ofPlatform(), works);
  }

  @Test
  void aCallThatGrowsThePoolLooksAtABoundedNumberOfHeaps() throws InterruptedException {
    try (HakAllocator allocator = Turnstile.open(TestStack.BARE, system)) {
      useAndDie(allocator);
      Set<Integer> all = new HashSet<>();
      int most = 0;
      for (int growth = 0; growth < 3 * DEAD / MOST_AT_ONCE; growth++) {
        Set<Integer> once = new HashSet<>();
        Turnstile.watch((gate, heap) -> {
          if (gate == Gate.POP && heap != 0) {
            once.add(heap);
          }
        });
        assertNotEquals(0, allocator.malloc(PageRuns.SUPERSLAB_BYTES));
        Turnstile.leave();
        most = Math.max(most, once.size());
        all.addAll(once);
      }
      assertTrue(most <= MOST_AT_ONCE, most + " heaps in one call");
      assertEquals(DEAD, all.size(), "heaps that were emptied in the end");
      HeapWalker.check(allocator);
    }
  }
}
