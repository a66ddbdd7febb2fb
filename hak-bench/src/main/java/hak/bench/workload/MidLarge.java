package hak.bench.workload;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import hak.core.spi.Option;
import java.util.List;
import java.util.SplittableRandom;

/** Sizes of middle and large tiers, on threads that do not meet: {@code mid-large-mt}. */
final class MidLarge implements WorkloadFamily {
  private static final int MOST_BYTES = 1 << 21;
  private static final Option THREADS = Parameters.threads("Each with blocks of its own.");
  private static final Option SLOTS = Parameters.slots(128);
  private static final Option STEPS = Parameters.steps(1 << 18);
  private static final Option MIN = Parameters.min(MOST_BYTES, 1 << 10);
  private static final Option MAX = Parameters.max(MOST_BYTES, 32 << 10);
  private static final Option LARGE =
      Option.count("large", "%", 0, 100, 50, "Blocks that are large.");
  private static final Option LARGE_MIN =
      Option.bytes("large-min", 1, MOST_BYTES, 64 << 10, "The smallest size of a large one.");
  private static final Option LARGE_MAX =
      Option.bytes("large-max", 1, MOST_BYTES, 1 << 20, "The largest size of a large one.");

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "mid-large-mt",
        null,
        "As random-mixed, each thread with slots of its own, with blocks of middle and of large"
            + " sizes.",
        ONE_CALL,
        List.of(THREADS, SLOTS, STEPS, MIN, MAX, LARGE, LARGE_MIN, LARGE_MAX));
  }

  @Override
  public void check(Settings settings) {
    SizeRange.of(settings, MIN, MAX);
    SizeRange.of(settings, LARGE_MIN, LARGE_MAX);
  }

  @Override
  public ParallelProgram draw(Settings settings) {
    return WorkloadFamily.apart(settings.get(THREADS), random -> draw(settings, random));
  }

  private static Program draw(Settings settings, SplittableRandom random) {
    SizeRange middle = SizeRange.of(settings, MIN, MAX);
    SizeRange large = SizeRange.of(settings, LARGE_MIN, LARGE_MAX);
    int slots = settings.get(SLOTS);
    SlotMix mix = new SlotMix(slots);
    for (int i = 0; i < settings.get(STEPS); i++) {
      int slot = random.nextInt(slots);
      boolean isLarge = random.nextInt(100) < settings.get(LARGE);
      mix.step(slot, (isLarge ? large : middle).draw(random));
    }
    return mix.program();
  }
}
