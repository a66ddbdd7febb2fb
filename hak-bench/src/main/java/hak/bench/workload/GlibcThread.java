package hak.bench.workload;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import hak.core.spi.Option;
import java.util.List;
import java.util.SplittableRandom;

/**
 * After bench-malloc-thread of the GNU C library: random slots are replaced; how often a size is
 * asked for falls with its square.
 */
final class GlibcThread implements WorkloadFamily {
  private static final int MOST_BYTES = 1 << 21;
  private static final Option THREADS = Parameters.threads("Each with blocks of its own.");
  private static final Option SLOTS = Parameters.slots(1024);
  private static final Option STEPS = Parameters.steps(1 << 20);
  private static final Option MIN = Parameters.min(MOST_BYTES, 4);
  private static final Option MAX = Parameters.max(MOST_BYTES, 32 << 10);

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "glibc-thread",
        null,
        "Each thread replaces the blocks in random slots of its own; a size of twice as much is a"
            + " quarter as frequent.",
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
      mix.replace(random.nextInt(slots), sizes.drawByInverseSquare(random));
    }
    return mix.program();
  }
}
