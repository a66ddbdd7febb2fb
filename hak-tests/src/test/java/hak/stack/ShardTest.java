package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.HakAllocator;
import hak.testkit.HeapWalker;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads take runs of pages out of superslabs of their own, before the pool grows out of any. */
class ShardTest {
  private static final long SIZE = 300_000;
  private static final int BLOCKS_OF_A_SUPERSLAB = 6;

  /** More than there are shards: a thread whose number is one more than another's has another. */
  private static final int PARTS = 16;

  /** A thread that does what it is told, with a number that is {@code part} modulo the parts. */
  private static final class Worker {
    private final SynchronousQueue<Runnable> work = new SynchronousQueue<>();
    private final SynchronousQueue<Boolean> done = new SynchronousQueue<>();

    Worker(int part) {
      Thread thread;
      do {
        thread = Thread.ofPlatform().daemon().unstarted(this::run);
      } while (thread.threadId() % PARTS != part);
      thread.start();
    }

    private void run() {
      try {
        while (true) {
          work.take().run();
          done.put(true);
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    void does(Runnable what) throws InterruptedException {
      work.put(what);
      done.take();
    }

    long malloc(HakAllocator allocator) throws InterruptedException {
      long[] block = new long[1];
      does(() -> block[0] = allocator.malloc(SIZE));
      return block[0];
    }

    void free(HakAllocator allocator, long block) throws InterruptedException {
      does(() -> allocator.free(block));
    }
  }

  private static long[] fill(Worker worker, HakAllocator allocator) throws InterruptedException {
    long[] blocks = new long[BLOCKS_OF_A_SUPERSLAB];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = worker.malloc(allocator);
    }
    return blocks;
  }

  @ParameterizedTest
  @EnumSource(names = {"BARE", "CACHED", "HIGH"})
  void itsOwnFirstThenThoseOfOthers(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      Worker one = new Worker(0);
      Worker two = new Worker(1);
      long[] first = fill(one, allocator);
      long[] second = fill(two, allocator);
      one.free(allocator, first[2]);
      two.free(allocator, second[2]);
      assertEquals(second[2], two.malloc(allocator), "not the lower one, of the other shard");
      assertEquals(first[2], one.malloc(allocator));
      two.free(allocator, first[3]);
      long committed = allocator.stats().committedBytes();
      assertEquals(first[3], two.malloc(allocator), "before the pool grows");
      assertEquals(committed, allocator.stats().committedBytes());
      HeapWalker.check(allocator);
      for (long[] blocks : new long[][] {first, second}) {
        for (long block : blocks) {
          allocator.free(block);
        }
      }
      HeapWalker.check(allocator, new long[0]);
    }
  }
}
