package hak.bench.workload;

import hak.bench.trace.ParallelBuilder;
import hak.bench.trace.ParallelBuilder.PartBuilder;
import hak.bench.trace.ParallelProgram;
import hak.core.spi.Option;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Written from the description of mleak of mimalloc-bench: threads that leave one small block that
 * lives long, and end. What a dead thread had besides must be used by those that come after it, or
 * memory grows with the number of threads that have ever been.
 */
final class Mleak implements WorkloadFamily {
  private static final int MOST_BYTES = 1 << 20;
  private static final Option THREADS = Parameters.threads("At the same time.");
  private static final Option GENERATIONS =
      Option.count(
          "generations", "threads", 1, 100_000, 1000, "Threads that follow each other, each.");
  private static final Option BLOCKS =
      Option.count(
          "blocks", "blocks", 0, 1 << 17, 100, "Blocks that a thread allocates and frees besides.");
  private static final Option MIN = Parameters.min(MOST_BYTES, 8);
  private static final Option MAX = Parameters.max(MOST_BYTES, 256);

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "mleak",
        null,
        "Threads that follow each other: each allocates a block that lives to the end, allocates"
            + " and frees some more, and dies.",
        "one malloc or one free, and its part of a thread's beginning and end",
        List.of(THREADS, GENERATIONS, BLOCKS, MIN, MAX));
  }

  @Override
  public void check(Settings settings) {
    SizeRange.of(settings, MIN, MAX);
  }

  @Override
  public ParallelProgram draw(Settings settings) {
    int threads = settings.get(THREADS);
    ParallelBuilder builder = new ParallelBuilder(threads);
    SplittableRandom[] randoms = WorkloadFamily.randoms(threads);
    for (int thread = 0; thread < threads; thread++) {
      addLives(builder, thread, settings, randoms[thread]);
    }
    return builder.build();
  }

  private static void addLives(
      ParallelBuilder builder, int thread, Settings settings, SplittableRandom random) {
    SizeRange sizes = SizeRange.of(settings, MIN, MAX);
    int generations = settings.get(GENERATIONS);
    int blocks = settings.get(BLOCKS);
    int left = builder.takeSlots(thread, generations);
    int others = builder.takeSlots(thread, blocks);
    PartBuilder part = builder.part(thread);
    for (int generation = 0; generation < generations; generation++) {
      part.malloc(left + generation, sizes.draw(random));
      for (int i = 0; i < blocks; i++) {
        part.malloc(others + i, sizes.draw(random));
      }
      for (int i = 0; i < blocks; i++) {
        part.free(others + i);
      }
      part.endShift();
    }
  }
}
