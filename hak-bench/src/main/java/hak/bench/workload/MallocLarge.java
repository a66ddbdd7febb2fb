package hak.bench.workload;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import hak.core.spi.Option;
import java.util.List;
import java.util.SplittableRandom;

/**
 * After malloc-large of mimalloc-bench: big buffers that are replaced at random. Few steps, as in
 * {@link BigChurn}.
 */
final class MallocLarge implements WorkloadFamily {
  private static final int MOST_BYTES = 1 << 30;
  private static final Option THREADS =
      Option.count(
          Parameters.THREADS, Parameters.THREADS, 1, 64, 1, "Each with blocks of its own.");
  private static final Option SLOTS = Parameters.slots(20);
  private static final Option STEPS = Parameters.steps(1 << 13);
  private static final Option MIN = Parameters.min(MOST_BYTES, 5 << 20);
  private static final Option MAX = Parameters.max(MOST_BYTES, 25 << 20);

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "malloc-large",
        null,
        "The block in a random slot is replaced by one of another size, of many mebibytes.",
        ONE_CALL,
        List.of(THREADS, SLOTS, STEPS, MIN, MAX));
  }

  @Override
  public void check(Settings settings) {
    SizeRange.of(settings, MIN, MAX);
  }

  @Override
  public ParallelProgram draw(Settings settings) {
    SizeRange sizes = SizeRange.of(settings, MIN, MAX);
    return WorkloadFamily.apart(settings.get(THREADS), random -> draw(settings, sizes, random));
  }

  private static Program draw(Settings settings, SizeRange sizes, SplittableRandom random) {
    int slots = settings.get(SLOTS);
    SlotMix mix = new SlotMix(slots);
    for (int i = 0; i < settings.get(STEPS); i++) {
      mix.replace(random.nextInt(slots), sizes.draw(random));
    }
    return mix.program();
  }
}
