package hak.bench.stack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.testkit.HeapWalker;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The stack of the thread ends somewhere inside of malloc or free: the heap stays consistent.
 *
 * <p>It does not yet: an error between two steps of a slow path leaves the first one done. Run with
 * {@code -Dhak.test.stack-overflow=true}.
 */
@EnabledIfSystemProperty(named = "hak.test.stack-overflow", matches = "true")
class StackOverflowTest {
  private static final int ROUNDS = 3_000;
  private static final int FRAMES = 100;
  private static final int SLOTS = 256;
  private static final long STACK_BYTES = 256 << 10;

  private final long[] blocks = new long[SLOTS];
  private HakAllocator allocator;
  private int target;
  private int deepest;
  private int slot;
  private long size;
  private int overflows;

  /** Descends to the target, then allocates into the slot, or frees what is there. */
  private void descend(int level) {
    deepest = level;
    if (level < target) {
      descend(level + 1);
    } else if (blocks[slot] == 0) {
      blocks[slot] = allocator.malloc(size);
    } else {
      long block = blocks[slot];
      blocks[slot] = 0;
      try {
        allocator.free(block);
      } catch (StackOverflowError e) {
        blocks[slot] = block; // a call that throws has changed nothing
        throw e;
      }
    }
  }

  private int depthOfTheStack() {
    target = Integer.MAX_VALUE;
    try {
      descend(0);
      throw new AssertionError("a stack without an end");
    } catch (StackOverflowError e) {
      return deepest;
    }
  }

  private void work() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200_000; i++) { // loads and links all classes
      slot = random.nextInt(SLOTS);
      size = sizeOf(random);
      descend(0);
    }
    int depth = 0;
    for (int i = 0; i < ROUNDS; i++) {
      if (i % 20 == 0) {
        depth = depthOfTheStack();
      }
      target = depth - random.nextInt(Math.min(depth, FRAMES));
      slot = random.nextInt(SLOTS);
      size = sizeOf(random);
      try {
        descend(0);
      } catch (StackOverflowError e) {
        overflows++;
      }
      if (i % 100 == 0) {
        HeapWalker.check(allocator);
      }
    }
  }

  private static long sizeOf(SplittableRandom random) {
    int choice = random.nextInt(100);
    return choice < 60 ? random.nextInt(1_025) : choice < 90 ? random.nextInt(32_000) : 100_000;
  }

  @ParameterizedTest
  @EnumSource
  void mallocAndFreeAtTheEndOfTheStackKeepTheHeapConsistent(TestStack stack)
      throws InterruptedException {
    try (HakAllocator opened = stack.open()) {
      allocator = opened;
      Throwable[] thrown = new Throwable[1];
      Thread thread =
          new Thread(
              null,
              () -> {
                try {
                  work();
                } catch (Throwable e) {
                  thrown[0] = e;
                }
              },
              "small stack",
              STACK_BYTES);
      thread.start();
      thread.join();
      if (thrown[0] != null) {
        throw new AssertionError("after " + overflows + " overflows", thrown[0]);
      }
      assertTrue(overflows > ROUNDS / 100, "the stack never ended in there: " + overflows);
      HeapWalker.check(allocator, Arrays.stream(blocks).filter(block -> block != 0).toArray());
    }
  }
}
