package hak.bench.workload;

import hak.bench.trace.ParallelBuilder;
import hak.bench.trace.ParallelBuilder.PartBuilder;
import hak.bench.trace.ParallelProgram;
import hak.core.spi.Option;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Written from the description of rptest of rpmalloc-benchmark: each thread replaces blocks of its
 * own, some in each loop, and allocates others for the next thread to free.
 *
 * <pre>
 *   loop   frees what was allocated for it {@value #LAG_LOOPS} loops ago, of its own
 *          replaces blocks in slots of its own, one after the other
 *          allocates blocks for the next thread, into a place of the ring between them
 * </pre>
 *
 * <p>The ring has twice as many places as loops pass, so threads that are about as fast do not
 * wait.
 */
final class Rptest implements WorkloadFamily {
  private static final int LAG_LOOPS = 4;
  private static final int PLACES = 2 * LAG_LOOPS;
  private static final int MOST_BYTES = 1 << 20;
  private static final Option THREADS = Parameters.threads("Each frees for the one before it.");
  private static final Option LOOPS =
      Option.count("loops", "loops", 1, 1 << 16, 2_000, "Loops of each thread.");
  private static final Option SLOTS = Parameters.slots(1_000);
  private static final Option OWN =
      Option.count("own", "blocks", 0, 1 << 16, 200, "Blocks of its own replaced in each loop.");
  private static final Option GIVEN =
      Option.count(
          "given", "blocks", 0, 1 << 12, 100, "Blocks allocated for the next in each loop.");
  private static final Option MIN = Parameters.min(MOST_BYTES, 8);
  private static final Option MAX = Parameters.max(MOST_BYTES, 16_000);

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "rptest",
        null,
        "Each thread replaces blocks of its own one after the other, and allocates others that the"
            + " next thread frees.",
        ONE_CALL,
        List.of(THREADS, LOOPS, SLOTS, OWN, GIVEN, MIN, MAX));
  }

  @Override
  public void check(Settings settings) {
    SizeRange.of(settings, MIN, MAX);
    if (settings.get(OWN) + settings.get(GIVEN) == 0) {
      throw new IllegalArgumentException("own and given are both 0: nothing would be allocated");
    }
  }

  @Override
  public ParallelProgram draw(Settings settings) {
    int threads = settings.get(THREADS);
    ParallelBuilder builder = new ParallelBuilder(threads);
    SplittableRandom[] randoms = WorkloadFamily.randoms(threads);
    List<Worker> workers =
        IntStream.range(0, threads)
            .mapToObj(thread -> new Worker(builder, thread, settings, randoms[thread]))
            .toList();
    int loops = settings.get(LOOPS);
    for (int loop = 0; loop < loops + LAG_LOOPS; loop++) {
      for (int i = 0; i < threads; i++) {
        Worker before = workers.get((i + threads - 1) % threads);
        if (loop >= LAG_LOOPS) {
          workers.get(i).freeFor(before, loop - LAG_LOOPS);
        }
        if (loop < loops) {
          workers.get(i).work(loop);
        }
      }
    }
    return builder.build();
  }

  /** One thread, and the ring to the next one. */
  private static final class Worker {
    private final PartBuilder part;
    private final SplittableRandom random;
    private final SizeRange sizes;
    private final int own;
    private final int given;
    private final boolean[] occupied;
    private final int slots;
    private final int ring;
    private final int givenLoops;
    private final int freedLoops;
    private int nextSlot;

    Worker(ParallelBuilder builder, int thread, Settings settings, SplittableRandom random) {
      this.part = builder.part(thread);
      this.random = random;
      this.sizes = SizeRange.of(settings, MIN, MAX);
      this.own = settings.get(OWN);
      this.given = settings.get(GIVEN);
      this.occupied = new boolean[settings.get(SLOTS)];
      this.slots = builder.takeSlots(thread, occupied.length);
      this.ring = builder.takeSlots(thread, PLACES * given);
      this.givenLoops = builder.takeChannel();
      this.freedLoops = builder.takeChannel();
    }

    void work(int loop) {
      for (int i = 0; i < own; i++) {
        replaceNext();
      }
      if (given > 0) {
        give(loop);
      }
    }

    private void replaceNext() {
      if (occupied[nextSlot]) {
        part.free(slots + nextSlot);
      }
      part.malloc(slots + nextSlot, sizes.draw(random));
      occupied[nextSlot] = true;
      nextSlot = (nextSlot + 1) % occupied.length;
    }

    private void give(int loop) {
      if (loop >= PLACES) {
        part.await(freedLoops, loop - PLACES + 1);
      }
      for (int i = 0; i < given; i++) {
        part.malloc(place(loop) + i, sizes.draw(random));
      }
      part.post(givenLoops);
    }

    private int place(int loop) {
      return ring + loop % PLACES * given;
    }

    void freeFor(Worker before, int loop) {
      if (before.given == 0) {
        return;
      }
      part.await(before.givenLoops, loop + 1);
      for (int i = 0; i < before.given; i++) {
        part.free(before.place(loop) + i);
      }
      part.post(before.freedLoops);
    }
  }
}
