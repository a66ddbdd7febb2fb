package hak.bench.workload;

import hak.bench.trace.ParallelBuilder;
import hak.bench.trace.ParallelBuilder.PartBuilder;
import hak.bench.trace.ParallelProgram;
import hak.core.spi.Option;
import java.util.List;

/**
 * After cache-scratch of Berger's Hoard ("Hoard: A Scalable Memory Allocator for Multithreaded
 * Applications", ASPLOS 2000): small blocks that one thread allocates, so that they are neighbours,
 * and others free and write to. Where a thread gets such a block back, the threads write to the
 * same cache line and wait for each other: passive false sharing. With N threads a round should
 * take an N-th of the time.
 */
final class CacheScratch implements WorkloadFamily {
  private static final int MOST_BYTES = 1 << 10;
  private static final Option THREADS = Parameters.threads("They share the writes.");
  private static final Option BLOCKS =
      Option.count("blocks", "blocks", 1, 1 << 20, 1000, "Blocks that each thread writes to.");
  private static final Option WRITES =
      Option.count(
          "writes",
          "writes",
          1,
          1 << 30,
          1 << 21,
          "Writes to all of these blocks, by all threads.");
  private static final Option SIZE = Option.bytes("size", 1, MOST_BYTES, 8, "Their size.");

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "cache-scratch",
        null,
        "Each thread frees a small block that the main thread allocated for it, then allocates,"
            + " writes to often, and frees one block after the other.",
        "one malloc or one free, and half of the writes to a block",
        List.of(THREADS, BLOCKS, WRITES, SIZE));
  }

  @Override
  public ParallelProgram draw(Settings settings) {
    int threads = settings.get(THREADS);
    int blocks = settings.get(BLOCKS);
    int size = settings.get(SIZE);
    int writesToOne = Math.max(1, settings.get(WRITES) / threads / blocks);
    ParallelBuilder builder = new ParallelBuilder(threads);
    for (int thread = 0; thread < threads; thread++) {
      int slot = builder.takeSlots(thread, 1);
      builder.opening().malloc(slot, size);
      PartBuilder part = builder.part(thread);
      part.free(slot);
      for (int i = 0; i < blocks; i++) {
        part.malloc(slot, size);
        part.write(slot, writesToOne);
        part.free(slot);
      }
    }
    return builder.build();
  }
}
