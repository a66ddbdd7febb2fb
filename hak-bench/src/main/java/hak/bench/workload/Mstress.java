package hak.bench.workload;

import hak.bench.trace.ParallelBuilder;
import hak.bench.trace.ParallelBuilder.PartBuilder;
import hak.bench.trace.ParallelProgram;
import hak.core.spi.Option;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * After mstress of mimalloc-bench: rounds of threads that die after each, with blocks that live for
 * a moment, for a round, or until another thread finds them in a shared slot.
 *
 * <pre>
 *   a step of a thread, until it has made all its blocks
 *     a temporary block, or one that it retains to the end of the round
 *     2 of 3     a temporary block is freed
 *     1 of 4     a temporary block takes the place of one in a shared slot, which becomes temporary
 *   the end of the round: temporary and retained blocks are freed, the thread dies
 * </pre>
 *
 * <p>In each round a thread has its part of the shared slots, which another thread had in the round
 * before and it alone; it awaits the end of that thread's round.
 */
final class Mstress implements WorkloadFamily {
  private static final int SHARED_SLOTS = 1000;
  private static final int WORD_BYTES = 8;
  private static final int SIZES = 5;

  private static final Option THREADS = Parameters.threads("In each round.");
  private static final Option ROUNDS =
      Option.count("rounds", "rounds", 1, 1000, 25, "Generations of threads.");
  private static final Option BLOCKS =
      Option.count(
          "blocks",
          "blocks",
          1,
          1 << 17,
          10_000,
          "Blocks of a thread in a round, a third retained.");

  @Override
  public WorkloadType type() {
    return new WorkloadType(
        "mstress",
        null,
        "Rounds of threads with temporary and retained blocks that exchange some through 1000"
            + " shared slots; 8 to 128 B, powers of two, seldom 100 or 1000 times as much; zeroed.",
        "one calloc or one free",
        List.of(THREADS, ROUNDS, BLOCKS));
  }

  @Override
  public ParallelProgram draw(Settings settings) {
    int threads = settings.get(THREADS);
    ParallelBuilder builder = new ParallelBuilder(threads);
    SplittableRandom[] randoms = WorkloadFamily.randoms(threads);
    int perThread = Math.ceilDiv(SHARED_SLOTS, threads);
    List<Worker> workers =
        IntStream.range(0, threads)
            .mapToObj(i -> new Worker(builder, i, settings.get(BLOCKS), perThread, randoms[i]))
            .toList();
    for (int round = 0; round < settings.get(ROUNDS); round++) {
      for (int i = 0; i < threads; i++) {
        workers.get(i).work(round, workers, settings.get(BLOCKS));
      }
    }
    return builder.build();
  }

  /** Slots of which those with a block come first. */
  private static final class Pile {
    private final int[] slots;
    private int full;

    Pile(int first, int count) {
      slots = IntStream.range(first, first + count).toArray();
    }

    /** Takes an empty slot. */
    int push() {
      return slots[full++];
    }

    /** Gives up any slot with a block. */
    int pop(SplittableRandom random) {
      int at = random.nextInt(full);
      int slot = slots[at];
      slots[at] = slots[--full];
      slots[full] = slot;
      return slot;
    }
  }

  /** One thread of each round. */
  private static final class Worker {
    private final PartBuilder part;
    private final int number;
    private final SplittableRandom random;
    private final Pile temporary;
    private final Pile retained;

    /** A slot to exchange by. */
    private final int spare;

    /** The part of the shared slots that it has in the first round, and which have a block. */
    private final int shared;

    private final boolean[] sharedFull;
    private final int roundOver;

    Worker(
        ParallelBuilder builder, int number, int blocks, int sharedCount, SplittableRandom random) {
      this.part = builder.part(number);
      this.number = number;
      this.random = random;
      this.temporary =
          new Pile(builder.takeSlots(number, blocks + sharedCount), blocks + sharedCount);
      this.retained = new Pile(builder.takeSlots(number, blocks), blocks);
      this.spare = builder.takeSlots(number, 1);
      this.shared = builder.takeSlots(number, sharedCount);
      this.sharedFull = new boolean[sharedCount];
      this.roundOver = builder.takeChannel();
    }

    void work(int round, List<Worker> workers, int blocks) {
      // Who has had these shared slots in the round before is the next thread.
      Worker before = workers.get((number + 1) % workers.size());
      Worker keeper = workers.get((number + round) % workers.size());
      if (round > 0) {
        part.await(before.roundOver, round);
      }
      for (int made = 0; made < blocks; made++) {
        part.calloc((random.nextInt(3) == 0 ? retained : temporary).push(), size());
        if (temporary.full > 0 && random.nextInt(3) != 0) {
          part.free(temporary.pop(random));
        }
        if (temporary.full > 0 && random.nextInt(4) == 0) {
          exchange(keeper);
        }
      }
      freeAll(temporary);
      freeAll(retained);
      part.post(roundOver);
      part.endShift();
    }

    private void exchange(Worker keeper) {
      int at = random.nextInt(keeper.sharedFull.length);
      int sharedSlot = keeper.shared + at;
      int own = temporary.pop(random);
      if (!keeper.sharedFull[at]) {
        part.move(own, sharedSlot);
        keeper.sharedFull[at] = true;
        return;
      }
      part.move(sharedSlot, spare);
      part.move(own, sharedSlot);
      part.move(spare, temporary.push());
    }

    private void freeAll(Pile pile) {
      while (pile.full > 0) {
        part.free(pile.pop(random));
      }
    }

    private int size() {
      int bytes = WORD_BYTES << random.nextInt(SIZES);
      int chance = random.nextInt(1000);
      return chance == 0 ? 1000 * bytes : chance <= 10 ? 100 * bytes : bytes;
    }
  }
}
