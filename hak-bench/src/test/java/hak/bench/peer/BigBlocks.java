package hak.bench.peer;

import hak.bench.replay.HakOperations;
import hak.bench.replay.Operations;
import hak.core.Hak;
import hak.core.inside.RawAccess;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/**
 * What big blocks cost, in processor time of the thread, which other programs on the machine
 * lengthen less than they do the wall's: {@code BigBlocks PROFILE}, or {@code libc} for malloc
 * through FFM. A line for each case: the least and the median of several rounds.
 */
final class BigBlocks {
  private static final int ROUNDS = 7;
  private static final long PAGE = 4096;
  private static final int MANY_ALIGNED = 1_000;
  private static final MemorySegment MEMORY = RawAccess.everything();
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private final Operations heap;

  private BigBlocks(Operations heap) {
    this.heap = heap;
  }

  /** Something to do, and how often it did it. */
  private interface Work {
    int run();
  }

  private static void measure(String name, Work work) {
    double[] micros = new double[ROUNDS];
    work.run();
    for (int round = 0; round < ROUNDS; round++) {
      long start = CLOCK.getCurrentThreadCpuTime();
      int count = work.run();
      micros[round] = (CLOCK.getCurrentThreadCpuTime() - start) / 1e3 / count;
    }
    double[] sorted = DoubleStream.of(micros).sorted().toArray();
    System.out.printf("%-34s %,14.2f %,14.2f us%n", name, sorted[0], sorted[ROUNDS / 2]);
  }

  private long malloc(long size) {
    return heap.malloc(0, 0, size);
  }

  private static void touch(long address, long from, long to) {
    for (long at = from; at < to; at += PAGE) {
      MEMORY.set(ValueLayout.JAVA_BYTE, address + at, (byte) 1);
    }
  }

  private Work touchAndFree(long size, int count) {
    return () -> {
      for (int i = 0; i < count; i++) {
        long block = malloc(size);
        touch(block, 0, size);
        heap.free(block);
      }
      return count;
    };
  }

  private int growBySteps() {
    long size = 1 << 10;
    long block = malloc(size);
    for (touch(block, 0, size); size < 64 << 20; size += PAGE) {
      block = heap.realloc(block, size + PAGE);
      touch(block, size, size + PAGE);
    }
    heap.free(block);
    return 1;
  }

  private int growByDoubling() {
    long size = 1 << 10;
    long block = malloc(size);
    for (touch(block, 0, size); size < 64 << 20; size *= 2) {
      block = heap.realloc(block, 2 * size);
      touch(block, size, 2 * size);
    }
    heap.free(block);
    return 1;
  }

  /** As a vector does that has no realloc: a new block, a copy, and the old block is freed. */
  private int growByCopying() {
    long size = PAGE;
    long block = malloc(size);
    for (touch(block, 0, size); size < 8 << 20; size *= 2) {
      long longer = malloc(2 * size);
      MemorySegment.copy(MEMORY, block, MEMORY, longer, size);
      touch(longer, size, 2 * size);
      heap.free(block);
      block = longer;
    }
    heap.free(block);
    return 1;
  }

  private Work manyUntouched(int count) {
    long[] blocks = new long[count];
    SplittableRandom random = new SplittableRandom(1);
    return () -> {
      for (int i = 0; i < count; i++) {
        blocks[i] = malloc((2 << 20) + 1 + random.nextInt(1 << 20));
      }
      for (long block : blocks) {
        heap.free(block);
      }
      return count;
    };
  }

  /** Blocks of which little is written, in a window of several. */
  private Work endsTouched(int count, int window) {
    long[] blocks = new long[window];
    SplittableRandom random = new SplittableRandom(1);
    return () -> {
      for (int i = 0; i < count; i++) {
        int slot = random.nextInt(window);
        long size = random.nextInt(2 << 20, 64 << 20);
        if (blocks[slot] != 0) {
          heap.free(blocks[slot]);
        }
        blocks[slot] = malloc(size);
        touch(blocks[slot], 0, 1);
        touch(blocks[slot], size - 1, size);
      }
      return count;
    };
  }

  private Work alignedPairs(long alignment, int count) {
    return () -> {
      for (int i = 0; i < count; i++) {
        heap.free(aligned(alignment));
      }
      return count;
    };
  }

  private long aligned(long alignment) {
    long block = heap.aligned(0, 0, alignment, 64);
    touch(block, 0, 1);
    return block;
  }

  private static long residentBytes() throws IOException {
    return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[1]) * PAGE;
  }

  /** What many blocks of 64 B at an alignment make resident; they stay, so the next are fresh. */
  private void printResident(long alignment) throws IOException {
    long before = residentBytes();
    for (int i = 0; i < MANY_ALIGNED; i++) {
      aligned(alignment);
    }
    double each = (residentBytes() - before) / 1024.0 / MANY_ALIGNED;
    System.out.printf("resident, 64 B at %,9d B %,25.1f KiB%n", alignment, each);
  }

  private void run() throws IOException {
    for (long alignment = 32; alignment <= 1 << 20; alignment *= 2) {
      printResident(alignment);
    }
    measure("64 B at 64 KiB, malloc, touch, free", alignedPairs(64 << 10, 100_000));
    measure("malloc, touch, free 2,000,000 B", touchAndFree(2_000_000, 5_000));
    measure("malloc, touch, free 2.1 MiB", touchAndFree(2_202_010, 5_000));
    measure("malloc, touch, free 16 MiB", touchAndFree(16 << 20, 500));
    measure("malloc, touch, free 100 MiB", touchAndFree(100 << 20, 5));
    measure("realloc to 64 MiB by doubling", this::growByDoubling);
    measure("vector to 8 MiB by copying", this::growByCopying);
    measure("20,000 untouched, 2 to 3 MiB each", manyUntouched(20_000));
    measure("realloc to 64 MiB by 4 KiB", this::growBySteps);
    // Last, for it teaches a stack that little of such blocks is written.
    measure("of 2 to 64 MiB two bytes touched", endsTouched(2_000, 16));
  }

  public static void main(String[] arguments) throws IOException {
    String name = arguments[0];
    new BigBlocks(name.equals("libc") ? FfmOperations.link() : new HakOperations(Hak.open(name)))
        .run();
  }
}
