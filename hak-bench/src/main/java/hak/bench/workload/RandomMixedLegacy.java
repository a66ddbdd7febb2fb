package hak.bench.workload;

import hak.bench.trace.ParallelProgram;
import hak.core.spi.Option;
import java.util.List;

/**
 * As HAKMEM measured: a linear congruential generator, slot and size from one draw, blocks not
 * written. Slot and size are not independent.
 */
final class RandomMixedLegacy implements WorkloadFamily {
  private static final int SLOTS = 400;
  private static final int SMALLEST_BYTES = 16;
  private static final int SIZES = 1024 - SMALLEST_BYTES + 1;
  private static final Option THREADS = Parameters.copies();
  private static final Option STEPS = Parameters.steps(SlotMix.STEPS);

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "random-mixed-legacy",
        null,
        "As random-mixed from HAKMEM's generator (LCG 1664525/1013904223, seed 0x12345678): slot"
            + " and size from one draw, blocks not written.",
        ONE_CALL,
        List.of(THREADS, STEPS));
  }

  @Override
  public ParallelProgram draw(Settings settings) {
    SlotMix mix = SlotMix.untouched(SLOTS);
    int seed = 0x12345678;
    for (int i = 0; i < settings.get(STEPS); i++) {
      seed = seed * 1664525 + 1013904223;
      int slot = Integer.remainderUnsigned(seed, SLOTS);
      mix.step(slot, SMALLEST_BYTES + Integer.remainderUnsigned(seed, SIZES));
    }
    return ParallelProgram.copies(mix.program(), settings.get(THREADS));
  }
}
