package hak.bench.workload;

import hak.bench.trace.Program;
import java.util.List;

/**
 * As HAKMEM measured: a linear congruential generator, slot and size from one draw, blocks not
 * written. Slot and size are not independent.
 */
final class RandomMixedLegacy implements WorkloadFamily {
  private static final int SLOTS = 400;
  private static final int SMALLEST_BYTES = 16;
  private static final int SIZES = 1024 - SMALLEST_BYTES + 1;

  @Override
  public String form() {
    return "random-mixed-legacy";
  }

  @Override
  public List<String> names() {
    return List.of(form());
  }

  @Override
  public Program program(String name) {
    SlotMix mix = SlotMix.untouched(SLOTS);
    int seed = 0x12345678;
    for (int i = 0; i < SlotMix.STEPS; i++) {
      seed = seed * 1664525 + 1013904223;
      int slot = Integer.remainderUnsigned(seed, SLOTS);
      mix.step(slot, SMALLEST_BYTES + Integer.remainderUnsigned(seed, SIZES));
    }
    return mix.program();
  }
}
