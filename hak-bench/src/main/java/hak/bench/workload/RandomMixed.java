package hak.bench.workload;

import hak.bench.trace.ParallelProgram;
import hak.core.spi.Option;
import java.util.List;
import java.util.SplittableRandom;

/** 400 slots, 16 to 1024 bytes evenly. */
final class RandomMixed implements WorkloadFamily {
  private static final int MOST_BYTES = 1 << 20;
  private static final Option THREADS = Parameters.copies();
  private static final Option SLOTS = Parameters.slots(400);
  private static final Option STEPS = Parameters.steps(SlotMix.STEPS);
  private static final Option MIN = Parameters.min(MOST_BYTES, 16);
  private static final Option MAX = Parameters.max(MOST_BYTES, 1024);

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "random-mixed",
        null,
        "A random slot is freed if it holds a block, else gets one of a random size.",
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
    int slots = settings.get(SLOTS);
    SlotMix mix = new SlotMix(slots);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < settings.get(STEPS); i++) {
      mix.step(random.nextInt(slots), sizes.draw(random));
    }
    return ParallelProgram.copies(mix.program(), settings.get(THREADS));
  }
}
