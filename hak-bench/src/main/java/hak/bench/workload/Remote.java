package hak.bench.workload;

import hak.bench.trace.ParallelBuilder;
import hak.bench.trace.ParallelBuilder.PartBuilder;
import hak.bench.trace.ParallelProgram;
import hak.core.spi.Option;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Random-mixed on several threads, where a block is freed by the next thread with a probability:
 * {@code remote-PERCENT}.
 *
 * <p>A thread moves such blocks into a ring that its next thread reads, a place of the ring for
 * each {@value #PERIOD_STEPS} of its steps. The next thread frees what is in a place when it is
 * {@value #LAG_PERIODS} places further in its own steps, so threads that are about as fast do not
 * wait for each other, and each has the same calls in the same order every time. The ring has twice
 * as many places.
 */
final class Remote implements WorkloadFamily {
  private static final int PERIOD_STEPS = 256;
  private static final int LAG_PERIODS = 8;
  private static final int PLACES = 2 * LAG_PERIODS;
  private static final int MOST_BYTES = 1 << 20;

  private static final Option PERCENT =
      Option.count("percent", "%", 0, 100, 50, "Frees that are left to the next thread.");
  private static final Option THREADS = Parameters.threads("Each frees for the one before it.");
  private static final Option SLOTS = Parameters.slots(400);
  private static final Option STEPS = Parameters.steps(1 << 21);
  private static final Option MIN = Parameters.min(MOST_BYTES, 16);
  private static final Option MAX = Parameters.max(MOST_BYTES, 1024);

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "remote-",
        PERCENT,
        "As random-mixed, each thread with slots of its own, but some blocks are freed by the next"
            + " thread.",
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
    int threads = settings.get(THREADS);
    int steps = settings.get(STEPS);
    int percent = settings.get(PERCENT);
    ParallelBuilder builder = new ParallelBuilder(threads);
    SplittableRandom[] randoms = WorkloadFamily.randoms(threads);
    List<Mixer> mixers =
        IntStream.range(0, threads)
            .mapToObj(i -> new Mixer(builder, i, settings.get(SLOTS), percent, randoms[i]))
            .toList();
    int periods = Math.ceilDiv(steps, PERIOD_STEPS);
    for (int period = 0; period < periods + LAG_PERIODS; period++) {
      for (int i = 0; i < threads; i++) {
        if (period < periods) {
          int count = Math.min(PERIOD_STEPS, steps - period * PERIOD_STEPS);
          mixers.get(i).mix(period, count, sizes);
        }
        if (percent > 0 && period >= LAG_PERIODS) {
          mixers.get(i).freeFor(mixers.get((i + threads - 1) % threads), period - LAG_PERIODS);
        }
      }
    }
    return builder.build();
  }

  /** One thread, and the ring to the next one. */
  private static final class Mixer {
    private final PartBuilder part;
    private final int percent;
    private final SplittableRandom random;
    private final int slots;
    private final boolean[] occupied;
    private final int ring;
    private final int[] left = new int[PLACES];
    private final int given;
    private final int taken;

    Mixer(
        ParallelBuilder builder, int thread, int slotCount, int percent, SplittableRandom random) {
      this.part = builder.part(thread);
      this.percent = percent;
      this.random = random;
      this.slots = builder.takeSlots(thread, slotCount);
      this.occupied = new boolean[slotCount];
      this.ring = builder.takeSlots(thread, PLACES * PERIOD_STEPS);
      this.given = builder.takeChannel();
      this.taken = builder.takeChannel();
    }

    void mix(int period, int steps, SizeRange sizes) {
      int place = period % PLACES;
      left[place] = 0;
      if (percent > 0 && period >= PLACES) {
        part.await(taken, period - PLACES + 1);
      }
      for (int i = 0; i < steps; i++) {
        step(place, random.nextInt(occupied.length), sizes.draw(random));
      }
      if (percent > 0) {
        part.post(given);
      }
    }

    private void step(int place, int slot, int size) {
      if (!occupied[slot]) {
        part.malloc(slots + slot, size);
      } else if (random.nextInt(100) < percent) {
        part.move(slots + slot, ring + place * PERIOD_STEPS + left[place]++);
      } else {
        part.free(slots + slot);
      }
      occupied[slot] = !occupied[slot];
    }

    void freeFor(Mixer before, int period) {
      int place = period % PLACES;
      part.await(before.given, period + 1);
      for (int i = 0; i < before.left[place]; i++) {
        part.free(before.ring + place * PERIOD_STEPS + i);
      }
      part.post(before.taken);
    }
  }
}
