package hak.bench.workload;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import hak.core.spi.Option;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Blocks of many pages, on threads that do not meet: {@code big-churn}. A call takes microseconds,
 * beside which a branch that the processor foresees does not show; so there are fewer steps than
 * elsewhere.
 */
final class BigChurn implements WorkloadFamily {
  private static final int MOST_BYTES = 1 << 30;
  private static final Option THREADS = Parameters.threads("Each with blocks of its own.");
  private static final Option SLOTS = Parameters.slots(8);
  private static final Option STEPS = Parameters.steps(1 << 14);
  private static final Option MIN = Parameters.min(MOST_BYTES, 2 << 20);
  private static final Option MAX = Parameters.max(MOST_BYTES, 64 << 20);

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "big-churn",
        null,
        "As random-mixed, each thread with a few slots of its own, with big blocks, of which the"
            + " first and the last byte are written.",
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
      mix.step(random.nextInt(slots), sizes.draw(random));
    }
    return mix.program();
  }
}
