package hak.bench.workload;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import hak.core.spi.Option;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The buffers of a websocket proxy as one in use had them: six sizes make up nine tenths, the rest
 * is spread.
 */
final class Websocket implements WorkloadFamily {
  private static final int[] SIZES = {1024, 256, 15, 16_639, 636, 2048};
  private static final int[] PERCENT = {33, 24, 12, 11, 6, 3};
  private static final SizeRange REST = new SizeRange(16, 16 << 10);
  private static final Option THREADS = Parameters.threads("Each with blocks of its own.");
  private static final Option SLOTS = Parameters.slots(8_192);
  private static final Option STEPS = Parameters.steps(1 << 20);

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "websocket",
        null,
        "Each thread replaces the blocks in random slots of its own; 1024, 256, 15, 16639, 636 and"
            + " 2048 B are 33, 24, 12, 11, 6 and 3 % of the sizes, the others are between 16 B and"
            + " 16 KiB.",
        ONE_CALL,
        List.of(THREADS, SLOTS, STEPS));
  }

  @Override
  public ParallelProgram draw(Settings settings) {
    return WorkloadFamily.apart(
        settings.get(THREADS), random -> draw(settings.get(SLOTS), settings.get(STEPS), random));
  }

  private static Program draw(int slots, int steps, SplittableRandom random) {
    SlotMix mix = new SlotMix(slots);
    for (int i = 0; i < steps; i++) {
      mix.replace(random.nextInt(slots), size(random));
    }
    return mix.program();
  }

  private static int size(SplittableRandom random) {
    int percent = random.nextInt(100);
    for (int i = 0; i < SIZES.length; i++) {
      percent -= PERCENT[i];
      if (percent < 0) {
        return SIZES[i];
      }
    }
    return REST.draw(random);
  }
}
