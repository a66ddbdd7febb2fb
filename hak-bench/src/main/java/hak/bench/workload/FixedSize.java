package hak.bench.workload;

import hak.bench.trace.ParallelProgram;
import hak.core.spi.Option;
import java.util.List;
import java.util.SplittableRandom;

/** One size: {@code fixed-SIZE}. */
final class FixedSize implements WorkloadFamily {
  private static final Option SIZE = Option.bytes("size", 16, 1024, 64, "The size of all blocks.");
  private static final Option THREADS = Parameters.copies();
  private static final Option SLOTS = Parameters.slots(128);
  private static final Option STEPS = Parameters.steps(SlotMix.STEPS);

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "fixed-",
        SIZE,
        "A random slot is freed if it holds a block, else gets one of a fixed size.",
        ONE_CALL,
        List.of(THREADS, SLOTS, STEPS));
  }

  @Override
  public ParallelProgram draw(Settings settings) {
    int size = settings.get(SIZE);
    int slots = settings.get(SLOTS);
    SlotMix mix = new SlotMix(slots);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < settings.get(STEPS); i++) {
      mix.step(random.nextInt(slots), size);
    }
    return ParallelProgram.copies(mix.program(), settings.get(THREADS));
  }
}
