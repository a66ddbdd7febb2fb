package hak.bench.workload;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Part;
import hak.bench.trace.Part.Shift;
import hak.core.spi.Option;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Phases between which the mix of sizes shifts, and the order in which blocks are freed: what was
 * best for one of them is not for the next.
 *
 * <pre>
 *   phase   repetition, repetition, ...
 *     repetition   all slots are empty; steps, drawn once; all blocks that are left are freed
 *       a step       in slots at random, or in waves: slot by slot, until all are full, then until all are empty
 * </pre>
 *
 * <p>How long a phase lasts is set by how often its steps are repeated, so that a phase of seconds
 * needs no more memory for the program than one of milliseconds.
 */
final class Phases implements WorkloadFamily {
  /**
   * What a phase does.
   *
   * @param sizes evenly drawn
   * @param inWaves whether slots are filled and emptied one after the other
   */
  private record Mix(SizeRange sizes, boolean inWaves) {
    int slot(int step, int slots, SplittableRandom random) {
      return inWaves ? step % slots : random.nextInt(slots);
    }
  }

  private static final List<Mix> MIXES =
      List.of(
          new Mix(new SizeRange(16, 256), false),
          new Mix(new SizeRange(24, 96), true),
          new Mix(new SizeRange(512, 4 << 10), false),
          new Mix(new SizeRange(128, 1 << 10), true),
          new Mix(new SizeRange(4 << 10, 32 << 10), false));

  private static final Option THREADS = Parameters.copies();
  private static final Option PHASES =
      Option.count(
          "phases", "phases", 1, 64, 10, "In a round; after five the first mix comes again.");
  private static final Option FIRST =
      Option.count(
          "first", "mixes", 0, 4, 0, "How many mixes are left out before that of the first phase.");
  private static final Option STEPS =
      Option.count(
          "steps", "steps", 1, 1 << 24, 1 << 19, "How often a slot is picked in a repetition.");
  private static final Option REPEATS =
      Option.count(
          "repeats",
          "times",
          1,
          10_000,
          1,
          "How often the steps of a phase are made: with 500 it lasts some seconds.");
  private static final Option SLOTS = Parameters.slots(2048);

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "phases",
        null,
        "Phases: 16 to 256 B in random slots; waves of 24 to 96 B, which fill all slots and are"
            + " then freed; 512 B to 4 KiB in random slots; waves of 128 B to 1 KiB; 4 to 32 KiB in"
            + " random slots.",
        ONE_CALL,
        List.of(THREADS, PHASES, FIRST, STEPS, REPEATS, SLOTS));
  }

  @Override
  public ParallelProgram draw(Settings settings) {
    int slots = settings.get(SLOTS);
    SlotMix mix = new SlotMix(slots);
    SplittableRandom random = new SplittableRandom(SEED);
    List<Shift> shifts = new ArrayList<>();
    for (int phase = 0; phase < settings.get(PHASES); phase++) {
      Mix kind = MIXES.get((settings.get(FIRST) + phase) % MIXES.size());
      int from = mix.eventCount();
      addSteps(kind, mix, slots, settings.get(STEPS), random);
      mix.clear();
      Shift once = new Shift(from, mix.eventCount());
      shifts.addAll(Collections.nCopies(settings.get(REPEATS), once));
    }
    return ParallelProgram.copies(Part.inShifts(mix.program(), shifts), settings.get(THREADS));
  }

  private static void addSteps(
      Mix kind, SlotMix mix, int slots, int steps, SplittableRandom random) {
    for (int step = 0; step < steps; step++) {
      mix.step(kind.slot(step, slots, random), kind.sizes().draw(random));
    }
  }
}
