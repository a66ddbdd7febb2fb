package hak.bench.workload;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import hak.core.spi.Option;
import java.util.List;
import java.util.SplittableRandom;

/**
 * After alloc-test of node-dot-cpp: many slots of which few are busy, small sizes. A fifth of the
 * slots gets four fifths of the steps, a fifth of these four fifths of those, and so on, {@value
 * #LEVELS} levels deep. Half of the sizes are 5 to 8 B, a quarter 9 to 16, up to 1024.
 */
final class AllocTest implements WorkloadFamily {
  private static final int LEVELS = 6;
  private static final int HOT_PERCENT = 80;
  private static final int HOT_FRACTION = 5;
  private static final int SMALLEST_LOG2 = 2;
  private static final int SIZE_RANGES = 8;
  private static final Option THREADS = Parameters.threads("Each with slots of its own.");
  private static final Option SLOTS =
      Option.count("slots", "slots", 1, 1 << 20, 1 << 18, "Places for a block, of all threads.");
  private static final Option STEPS = Parameters.steps(1 << 21);

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "alloc-test",
        null,
        "As random-mixed, each thread with its part of many slots, some of which are picked far"
            + " more often; sizes of 5 to 1024 B, most of them small.",
        ONE_CALL,
        List.of(THREADS, SLOTS, STEPS));
  }

  @Override
  public ParallelProgram draw(Settings settings) {
    int threads = settings.get(THREADS);
    int slots = Math.ceilDiv(settings.get(SLOTS), threads);
    return WorkloadFamily.apart(threads, random -> draw(slots, settings.get(STEPS), random));
  }

  private static Program draw(int slots, int steps, SplittableRandom random) {
    SlotMix mix = new SlotMix(slots);
    for (int i = 0; i < steps; i++) {
      mix.step(slot(slots, random), size(random));
    }
    return mix.program();
  }

  private static int slot(int slots, SplittableRandom random) {
    int count = slots;
    for (int level = 0; level < LEVELS; level++) {
      int hot = count / HOT_FRACTION;
      if (hot == 0 || random.nextInt(100) >= HOT_PERCENT) {
        return random.nextInt(hot, count);
      }
      count = hot;
    }
    return random.nextInt(count);
  }

  /** Each range is drawn half as often as the one before it; the last two equally. */
  private static int size(SplittableRandom random) {
    int range = Math.min(Integer.numberOfTrailingZeros(random.nextInt()), SIZE_RANGES - 1);
    int below = 1 << (SMALLEST_LOG2 + range);
    return below + random.nextInt(1, below + 1);
  }
}
