package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.HakAllocator;
import hak.core.inside.RawAccess;
import hak.testkit.HeapReport;
import hak.testkit.HeapWalker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Blocks are freed by a thread that did not allocate them, millions of times. The system property
 * {@code hak.test.cross-thread-operations} says how often; the full measure is 100,000,000.
 */
class CrossThreadFreeTest {
  private static final long OPERATIONS =
      Long.getLong("hak.test.cross-thread-operations", 3_000_000);

  private static final int BATCH = 512;
  private static final MemorySegment MEMORY = RawAccess.everything();

  private static void write(long block) {
    MEMORY.set(ValueLayout.JAVA_LONG_UNALIGNED, block, ~block);
  }

  private static void check(long block) {
    if (MEMORY.get(ValueLayout.JAVA_LONG_UNALIGNED, block) != ~block) {
      throw new AssertionError(String.format("block 0x%x was overwritten by another", block));
    }
  }

  /** Sizes of the tiers for threads, now and then one of the shared tiers. */
  private static long sizeOf(SplittableRandom random) {
    int choice = random.nextInt(4_096);
    if (choice == 0) {
      return random.nextLong(40_000, 140_000);
    }
    return choice < 64 ? random.nextLong(1_025, 9_000) : random.nextLong(8, 508);
  }

  private static long[] allocateBatch(HakAllocator allocator, SplittableRandom random) {
    long[] batch = new long[BATCH];
    for (int i = 0; i < BATCH; i++) {
      batch[i] = allocator.malloc(sizeOf(random));
      write(batch[i]);
    }
    return batch;
  }

  private static void freeBatch(HakAllocator allocator, long[] batch) {
    for (long block : batch) {
      check(block);
      MEMORY.set(ValueLayout.JAVA_LONG_UNALIGNED, block, 0); // who got it as well will see this
      allocator.free(block);
    }
  }

  private static void assertEmpty(HakAllocator allocator) {
    HeapWalker.check(allocator, new long[0]);
    allocator.trim();
    HeapReport report = HeapWalker.check(allocator);
    assertEquals(0, report.slabs());
    assertEquals(0, report.remoteBlocks());
  }

  @ParameterizedTest
  @EnumSource
  void oneThreadAllocatesAnotherFrees(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      BlockingQueue<long[]> queue = new ArrayBlockingQueue<>(16);
      long batches = OPERATIONS / 2 / BATCH;
      InThread.Work producer =
          () -> {
            SplittableRandom random = new SplittableRandom(1);
            for (long i = 0; i < batches; i++) {
              queue.put(allocateBatch(allocator, random));
            }
          };
      InThread.Work consumer =
          () -> {
            for (long i = 0; i < batches; i++) {
              freeBatch(allocator, queue.take());
            }
          };
      InThread.all(Thread.ofPlatform(), List.of(producer, consumer));
      assertEmpty(allocator);
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoThreadsAllocateAndFreeEachOthersBlocks(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      List<BlockingQueue<long[]>> queues =
          List.of(new ArrayBlockingQueue<>(16), new ArrayBlockingQueue<>(16));
      InThread.Work[] works = new InThread.Work[2];
      for (int i = 0; i < 2; i++) {
        int me = i;
        works[i] = () -> swap(allocator, me, queues.get(me), queues.get(1 - me));
      }
      InThread.all(Thread.ofPlatform(), List.of(works));
      queues.forEach(queue -> queue.forEach(batch -> freeBatch(allocator, batch)));
      assertEmpty(allocator);
    }
  }

  /** Of each batch a half goes to the other thread; the rest this thread frees itself. */
  private static void swap(
      HakAllocator allocator, int me, BlockingQueue<long[]> mine, BlockingQueue<long[]> others) {
    SplittableRandom random = new SplittableRandom(me);
    for (long i = 0; i < OPERATIONS / 4 / BATCH; i++) {
      long[] batch = allocateBatch(allocator, random);
      if (random.nextBoolean() || !others.offer(batch)) {
        freeBatch(allocator, batch);
      }
      for (long[] theirs = mine.poll(); theirs != null; theirs = mine.poll()) {
        freeBatch(allocator, theirs);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void virtualThreadsFreeWhatPlatformThreadsAllocate(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      BlockingQueue<long[]> queue = new ArrayBlockingQueue<>(16);
      long batches = OPERATIONS / 8 / BATCH;
      InThread.Work producer =
          () -> {
            SplittableRandom random = new SplittableRandom(1);
            for (long i = 0; i < batches; i++) {
              queue.put(allocateBatch(allocator, random));
            }
          };
      InThread.Work consumers =
          () -> {
            for (long i = 0; i < batches; i++) {
              long[] batch = queue.take();
              InThread.virtual(() -> freeBatch(allocator, batch));
            }
          };
      InThread.all(Thread.ofPlatform(), List.of(producer, consumers));
      assertEmpty(allocator);
    }
  }
}
