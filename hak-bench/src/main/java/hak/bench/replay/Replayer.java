package hak.bench.replay;

import hak.bench.trace.Program;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * One program on one allocator, replayed by all threads of a crew at once, each with blocks of its
 * own. The program itself is shared: it is only read.
 */
public final class Replayer {
  /** Events replayed by one call of the loop, and between two samples of memory. */
  public static final int CHUNK_EVENTS = 8192;

  /** Nobody watches. */
  public static final IntConsumer UNWATCHED = _ -> {};

  /**
   * The first warm-up round calls the loop this much more often than it need be, so that the loop
   * is compiled for its entry: the loop compiled in mid-flight (on-stack replacement) is other
   * code.
   */
  private static final int WARM_UP_CHUNK_EVENTS = 64;

  private static final int WARM_UP_ROUNDS = 3;
  private static final long WARM_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(1000);

  private final Program program;
  private final Replay loop;
  private final Crew crew;
  private final long[][] blocks;
  private final long[] homes;

  /**
   * Prepares a replay.
   *
   * @param homes see {@link Operations}; one for each thread
   */
  public Replayer(Program program, Operations operations, Crew crew, long[] homes) {
    this.program = program;
    this.loop = LoopSpecialiser.specialise(operations, program.touches());
    this.crew = crew;
    this.blocks = new long[crew.size()][program.slots()];
    this.homes = homes.clone();
  }

  /** A replay on an allocator. */
  public static Replayer on(Operations operations, Program program, Crew crew) {
    return new Replayer(program, operations, crew, new long[crew.size()]);
  }

  /**
   * Replays all events; the blocks left stay allocated.
   *
   * @param afterChunk called by each thread, with its index, every {@link #CHUNK_EVENTS} events
   * @return wall time in nanoseconds
   */
  public long replay(IntConsumer afterChunk) {
    return crew.run(index -> replay(index, CHUNK_EVENTS, afterChunk));
  }

  private void replay(int thread, int chunk, IntConsumer afterChunk) {
    long[] events = program.events();
    for (int from = 0; from < events.length; from += chunk) {
      int to = Math.min(from + chunk, events.length);
      loop.replay(events, program.wide(), from, to, blocks[thread], homes[thread]);
      afterChunk.accept(thread);
    }
  }

  /** Frees the blocks that are left after the last event. */
  public void freeLeftover() {
    crew.run(index -> loop.free(program.leftover(), blocks[index]));
  }

  /** Replays and frees what is left; returns the wall time of the events in nanoseconds. */
  public long round() {
    long nanos = replay(UNWATCHED);
    freeLeftover();
    return nanos;
  }

  /** Replays until the code is compiled: at least 3 rounds and 1 second. */
  public void warmUp() {
    long start = System.nanoTime();
    crew.run(index -> replay(index, WARM_UP_CHUNK_EVENTS, UNWATCHED));
    freeLeftover();
    for (int i = 0; i < WARM_UP_ROUNDS || System.nanoTime() - start < WARM_UP_NANOS; i++) {
      round();
    }
  }
}
