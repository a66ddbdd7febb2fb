package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.HakAllocator;
import hak.testkit.HeapWalker;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads take runs of pages out of superslabs of their own, before the pool grows out of any. */
class ShardTest {
  private static final long SIZE = 300_000;
  private static final int BLOCKS_OF_A_SUPERSLAB = 6;

  /** As many as there are shards. */
  private static final int PARTS = 16;

  /** A thread that does what it is told, with a number that is {@code part} modulo the parts. */
  private record Worker(ExecutorService thread) implements AutoCloseable {
    static Worker ofPart(int part) {
      return new Worker(
          Executors.newSingleThreadExecutor(work -> {
            Thread thread;
            do {
              thread = Thread.ofPlatform().unstarted(work);
            } while (thread.threadId() % PARTS != part);
            return thread;
          }));
    }

    long malloc(HakAllocator allocator) throws Exception {
      return thread.submit(() -> allocator.malloc(SIZE)).get();
    }

    void free(HakAllocator allocator, long block) throws Exception {
      thread.submit(() -> allocator.free(block)).get();
    }

    @Override
    public void close() {
      thread.close();
    }
  }

  private static long[] fill(Worker worker, HakAllocator allocator) throws Exception {
    long[] blocks = new long[BLOCKS_OF_A_SUPERSLAB];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = worker.malloc(allocator);
    }
    return blocks;
  }

  @ParameterizedTest
  @EnumSource(names = {"BARE", "CACHED", "HIGH"})
  void itsOwnFirstThenThoseOfOthers(TestStack stack) throws Exception {
    try (HakAllocator allocator = stack.open();
        Worker one = Worker.ofPart(0);
        Worker two = Worker.ofPart(1)) {
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
