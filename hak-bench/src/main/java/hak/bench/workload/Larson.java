package hak.bench.workload;

import hak.bench.trace.ParallelBuilder;
import hak.bench.trace.ParallelProgram;
import hak.core.spi.Option;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The server of Larson and Krishnan, "Memory allocation for long-running server applications", ISMM
 * 1998: blocks outlive the threads that allocated them.
 *
 * <pre>
 *   one thread   a block into each slot of all threads, slots in random order
 *   each thread  replaces the blocks in random slots of its own; its successor goes on, and it dies
 * </pre>
 */
final class Larson implements WorkloadFamily {
  private static final int MOST_BYTES = 1 << 20;
  private static final Option THREADS = Parameters.threads("At the same time.");
  private static final Option SLOTS = Parameters.slots(5000);
  private static final Option REPLACEMENTS =
      Option.count(
          "replacements",
          "blocks",
          1,
          1 << 24,
          500_000,
          "Blocks that a thread replaces in its life.");
  private static final Option GENERATIONS =
      Option.count(
          "generations",
          "threads",
          1,
          100_000,
          4,
          "Threads that follow each other on the same slots.");
  private static final Option MIN = Parameters.min(MOST_BYTES, 8);
  private static final Option MAX = Parameters.max(MOST_BYTES, 1000);

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "larson",
        null,
        "Each thread frees and allocates in random slots that another one filled, then hands them"
            + " to a new thread and dies.",
        ONE_CALL,
        List.of(THREADS, SLOTS, REPLACEMENTS, GENERATIONS, MIN, MAX));
  }

  @Override
  public void check(Settings settings) {
    SizeRange.of(settings, MIN, MAX);
  }

  @Override
  public ParallelProgram draw(Settings settings) {
    SizeRange sizes = SizeRange.of(settings, MIN, MAX);
    int threads = settings.get(THREADS);
    int slots = settings.get(SLOTS);
    ParallelBuilder builder = new ParallelBuilder(threads);
    int[] first = new int[threads];
    for (int thread = 0; thread < threads; thread++) {
      first[thread] = builder.takeSlots(thread, slots);
    }
    SplittableRandom[] randoms = WorkloadFamily.randoms(threads + 1);
    fill(builder.opening(), first, slots, sizes, randoms[threads]);
    for (int thread = 0; thread < threads; thread++) {
      ParallelBuilder.PartBuilder part = builder.part(thread);
      for (int i = 0; i < settings.get(REPLACEMENTS); i++) {
        int slot = first[thread] + randoms[thread].nextInt(slots);
        part.free(slot);
        part.malloc(slot, sizes.draw(randoms[thread]));
      }
      part.endShift();
      part.repeatShift(settings.get(GENERATIONS) - 1);
    }
    return builder.build();
  }

  private static void fill(
      ParallelBuilder.PartBuilder opening,
      int[] first,
      int slots,
      SizeRange sizes,
      SplittableRandom random) {
    int[] order = new int[first.length * slots];
    for (int i = 0; i < order.length; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = first[i / slots] + i % slots;
    }
    for (int slot : order) {
      opening.malloc(slot, sizes.draw(random));
    }
  }
}
