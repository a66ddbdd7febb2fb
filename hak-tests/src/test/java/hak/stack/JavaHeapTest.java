package hak.stack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import hak.core.HakAllocator;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Malloc and free make no garbage: not one byte of Java heap per operation. */
class JavaHeapTest {
  private static final int OPERATIONS = 1_000_000;

  /** What a JIT compiler in the background or the measurement itself may cost the thread. */
  private static final long ALLOWED_BYTES = 4_096;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static long bytesOfThisThread() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().threadId());
  }

  /** Replaces blocks at random; what is in them is of no interest here. */
  private static void replaceBlocks(HakAllocator allocator, int[] sizes, long[] blocks) {
    for (int i = 0; i < OPERATIONS / 2; i++) {
      int slot = sizes[i & (sizes.length - 1)] & (blocks.length - 1);
      if (blocks[slot] != 0) {
        allocator.free(blocks[slot]);
      }
      blocks[slot] = allocator.malloc(sizes[(i * 7 + 1) & (sizes.length - 1)]);
    }
  }

  private static void assertNoGarbage(TestStack stack, int largest) {
    try (HakAllocator allocator = stack.open()) {
      int[] sizes = new SplittableRandom(1).ints(1 << 12, 0, largest + 1).toArray();
      long[] blocks = new long[1 << 10];
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 12 && least > ALLOWED_BYTES; round++) {
        long before = bytesOfThisThread();
        replaceBlocks(allocator, sizes, blocks);
        least = Math.min(least, bytesOfThisThread() - before);
      }
      assertTrue(
          least <= ALLOWED_BYTES,
          least + " B of Java heap in the best round of " + OPERATIONS + " operations");
      for (long block : blocks) {
        allocator.free(block);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void smallBlocksMakeNoGarbage(TestStack stack) {
    assertNoGarbage(stack, 1_024);
  }

  @ParameterizedTest
  @EnumSource
  void blocksOfMiddleSizeMakeNoGarbage(TestStack stack) {
    assertNoGarbage(stack, 32_768);
  }
}
