package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.core.memory.PageTable;
import hak.testkit.HeapWalker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What other threads freed is taken in by every slow path of its owner, of whatever size. */
class RemoteDrainTest {
  private static final int THREADS = 4;
  private static final int BLOCKS = 4_000;
  private static final long BLOCK_BYTES = 1_000;
  private static final long BYTES = BLOCKS * BLOCK_BYTES;

  private final List<ExecutorService> pool = new ArrayList<>();

  @AfterEach
  void endThreads() {
    pool.forEach(ExecutorService::shutdownNow);
  }

  private void startThreads(int count) {
    for (int i = 0; i < count; i++) {
      pool.add(Executors.newSingleThreadExecutor());
    }
  }

  /** Runs work on a thread of the pool and waits for its end. */
  private void on(int thread, Runnable work) throws InterruptedException {
    try {
      pool.get(thread).submit(work).get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  private static void allocateAll(HakAllocator allocator, long[] blocks) {
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = allocator.malloc(BLOCK_BYTES);
    }
  }

  private static void freeAll(HakAllocator allocator, long[] blocks) {
    for (long block : blocks) {
      allocator.free(block);
    }
  }

  /** Who frees withholds blocks of one slab at most, of one size. */
  private static void assertLittleIsLeft(HakAllocator allocator, int freers) {
    long left = allocator.stats().remoteBytes();
    assertTrue(left <= (long) freers * PageTable.PAGE_BYTES, () -> left + " B are left");
  }

  @ParameterizedTest
  @EnumSource
  void threadsThatFreeEachOthersBlocksInTurnDoNotGrowTheStack(TestStack stack)
      throws InterruptedException {
    startThreads(THREADS);
    try (HakAllocator allocator = stack.open()) {
      long[] blocks = new long[BLOCKS];
      long committed = 0;
      for (int turn = 0; turn < 6 * THREADS; turn++) {
        on(turn % THREADS, () -> allocateAll(allocator, blocks));
        on((turn + 1) % THREADS, () -> freeAll(allocator, blocks));
        if (turn == 2 * THREADS) {
          committed = allocator.stats().committedBytes();
        }
      }
      assertEquals(
          committed, allocator.stats().committedBytes(), "committed since the third round");
      assertTrue(allocator.stats().remoteBytes() > BYTES, "nothing was left to take in");
      for (int i = 0; i < THREADS; i++) {
        on(i, () -> allocator.free(allocator.malloc(100_000)));
      }
      assertLittleIsLeft(allocator, THREADS);
      HeapWalker.check(allocator, new long[0]);
    }
  }

  /** One slow path of the owner after another thread freed its blocks. */
  private void assertDrainedBy(TestStack stack, Consumer<HakAllocator> slowPath)
      throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      startThreads(2);
      long[] blocks = new long[BLOCKS];
      on(0, () -> allocateAll(allocator, blocks));
      on(1, () -> freeAll(allocator, blocks));
      assertTrue(allocator.stats().remoteBytes() > BYTES / 2, "nothing was freed remotely");
      on(0, () -> slowPath.accept(allocator));
      assertLittleIsLeft(allocator, 1);
      HeapWalker.check(allocator);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPageRunDrains(TestStack stack) throws InterruptedException {
    assertDrainedBy(stack, allocator -> allocator.malloc(500_000));
  }

  @ParameterizedTest
  @EnumSource
  void aBigBlockDrains(TestStack stack) throws InterruptedException {
    assertDrainedBy(stack, allocator -> allocator.malloc(5 << 20));
  }

  @ParameterizedTest
  @EnumSource
  void anAlignedBlockDrains(TestStack stack) throws InterruptedException {
    assertDrainedBy(stack, allocator -> allocator.malloc(100, 1 << 20));
  }

  @ParameterizedTest
  @EnumSource
  void aReallocThatMovesDrains(TestStack stack) throws InterruptedException {
    assertDrainedBy(stack, allocator -> allocator.realloc(allocator.malloc(10), 300_000));
  }

  @ParameterizedTest
  @EnumSource
  void freeingALargeBlockDrains(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      startThreads(2);
      long[] blocks = new long[BLOCKS];
      long[] large = new long[1];
      on(
          0,
          () -> {
            large[0] = allocator.malloc(300_000);
            allocateAll(allocator, blocks);
          });
      on(1, () -> freeAll(allocator, blocks));
      on(0, () -> allocator.free(large[0]));
      assertLittleIsLeft(allocator, 1);
      HeapWalker.check(allocator, new long[0]);
    }
  }

  /** Growth for middle sizes is a slow path as well: the pages of small blocks come back first. */
  @ParameterizedTest
  @EnumSource
  void growthForOtherSizesUsesWhatOthersFreed(TestStack stack) throws InterruptedException {
    for (long size : new long[] {20_000, 60_000, 1_000_000}) {
      try (HakAllocator allocator = stack.open()) {
        startThreads(2);
        long[] blocks = new long[10 * BLOCKS];
        on(pool.size() - 2, () -> allocateAll(allocator, blocks));
        long committed = allocator.stats().committedBytes();
        on(pool.size() - 1, () -> freeAll(allocator, blocks));
        on(
            pool.size() - 2,
            () -> {
              for (long taken = 0; taken < 8 * BYTES; taken += size) {
                allocator.malloc(size);
              }
            });
        assertEquals(committed, allocator.stats().committedBytes(), "for blocks of " + size);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void sharedHeapsAreDrainedBeforeThePoolGrows(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      startThreads(2);
      long[] blocks = new long[10 * BLOCKS];
      InThread.virtual(() -> allocateAll(allocator, blocks));
      long committed = allocator.stats().committedBytes();
      on(0, () -> freeAll(allocator, blocks));
      on(
          1,
          () -> {
            for (long taken = 0; taken < 8 * BYTES; taken += 60_000) {
              allocator.malloc(60_000);
            }
          });
      assertEquals(committed, allocator.stats().committedBytes());
    }
  }
}
