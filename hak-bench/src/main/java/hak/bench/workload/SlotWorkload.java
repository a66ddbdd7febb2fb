package hak.bench.workload;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import hak.core.spi.Option;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Workloads in which each thread has slots of its own and does the same to a random one, step by
 * step.
 *
 * @param type its name, and the parameters below
 * @param min the smallest size
 * @param max the largest size
 */
record SlotWorkload(
    WorkloadType type,
    Option threads,
    Option slots,
    Option steps,
    Option min,
    Option max,
    Step step)
    implements WorkloadFamily {
  private static final int MOST_BYTES = 1 << 30;
  private static final int MOST_BYTES_OF_THREADS = 2 << 20;
  private static final String OWN_BLOCKS = "Each with blocks of its own.";

  /** What is done to a slot. */
  @FunctionalInterface
  interface Step {
    void run(SlotMix mix, int slot, SizeRange sizes, SplittableRandom random);
  }

  /**
   * Blocks of many pages. A call takes microseconds, beside which a branch that the processor
   * foresees does not show; so there are fewer steps than elsewhere.
   */
  static SlotWorkload bigChurn() {
    return of(
        "big-churn",
        "As random-mixed, each thread with a few slots of its own, with big blocks, of which the"
            + " first and the last byte are written.",
        Parameters.threads(OWN_BLOCKS),
        Parameters.slots(8),
        Parameters.steps(1 << 14),
        Parameters.min(MOST_BYTES, 2 << 20),
        Parameters.max(MOST_BYTES, 64 << 20),
        (mix, slot, sizes, random) -> mix.step(slot, sizes.draw(random)));
  }

  /** After malloc-large of mimalloc-bench: big buffers that are replaced at random. */
  static SlotWorkload mallocLarge() {
    return of(
        "malloc-large",
        "The block in a random slot is replaced by one of another size, of many mebibytes.",
        Option.count(Parameters.THREADS, Parameters.THREADS, 1, 64, 1, OWN_BLOCKS),
        Parameters.slots(20),
        Parameters.steps(1 << 13),
        Parameters.min(MOST_BYTES, 5 << 20),
        Parameters.max(MOST_BYTES, 25 << 20),
        (mix, slot, sizes, random) -> mix.replace(slot, sizes.draw(random)));
  }

  /**
   * After bench-malloc-thread of the GNU C library: how often a size is asked for falls with its
   * square.
   */
  static SlotWorkload glibcThread() {
    return of(
        "glibc-thread",
        "Each thread replaces the blocks in random slots of its own; a size of twice as much is a"
            + " quarter as frequent.",
        Parameters.threads(OWN_BLOCKS),
        Parameters.slots(1024),
        Parameters.steps(1 << 20),
        Parameters.min(MOST_BYTES_OF_THREADS, 4),
        Parameters.max(MOST_BYTES_OF_THREADS, 32 << 10),
        (mix, slot, sizes, random) -> mix.replace(slot, sizes.drawByInverseSquare(random)));
  }

  private static SlotWorkload of(
      String name,
      String text,
      Option threads,
      Option slots,
      Option steps,
      Option min,
      Option max,
      Step step) {
    WorkloadType type =
        new WorkloadType(name, null, text, ONE_CALL, List.of(threads, slots, steps, min, max));
    return new SlotWorkload(type, threads, slots, steps, min, max, step);
  }

  @Override
  public void check(Settings settings) {
    SizeRange.of(settings, min, max);
  }

  @Override
  public ParallelProgram draw(Settings settings) {
    SizeRange sizes = SizeRange.of(settings, min, max);
    return WorkloadFamily.apart(settings.get(threads), random -> draw(settings, sizes, random));
  }

  private Program draw(Settings settings, SizeRange sizes, SplittableRandom random) {
    int count = settings.get(slots);
    SlotMix mix = new SlotMix(count);
    for (int i = 0; i < settings.get(steps); i++) {
      step.run(mix, random.nextInt(count), sizes, random);
    }
    return mix.program();
  }
}
