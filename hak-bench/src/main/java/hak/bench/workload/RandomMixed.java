package hak.bench.workload;

import hak.bench.trace.Program;
import java.util.List;
import java.util.SplittableRandom;

/** 400 slots, 16 to 1024 bytes evenly. */
final class RandomMixed implements WorkloadFamily {
  private static final int SLOTS = 400;
  private static final int SMALLEST_BYTES = 16;
  private static final int LARGEST_BYTES = 1024;

  @Override
  public String form() {
    return "random-mixed";
  }

  @Override
  public List<String> names() {
    return List.of(form());
  }

  @Override
  public Program program(String name) {
    SlotMix mix = new SlotMix(SLOTS);
    SplittableRandom random = new SplittableRandom(SlotMix.SEED);
    for (int i = 0; i < SlotMix.STEPS; i++) {
      mix.step(random.nextInt(SLOTS), random.nextInt(SMALLEST_BYTES, LARGEST_BYTES + 1));
    }
    return mix.program();
  }
}
