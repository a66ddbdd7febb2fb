package hak.bench.replay;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * One program on one allocator, replayed by the threads of a crew. The program itself is shared: it
 * is only read.
 */
public final class Replayer {
  /** Events replayed by one call of the loop, and between two samples of memory. */
  public static final int CHUNK_EVENTS = 8192;

  private static final int LINE_INTS = 32;

  /** Nobody watches. */
  public static final IntConsumer UNWATCHED = _ -> {};

  private final ParallelProgram program;
  private final Replay loop;
  private final Crew crew;
  private final Schedule schedule;

  /** By thread; the opening has the table of all and the home of thread 0. */
  private final long[][] blocks;

  private final long[] homes;

  /** By thread, two cache lines apart: its events since the watcher was told. */
  private final int[] unwatched;

  /**
   * Prepares a replay.
   *
   * @param crew as many threads as the program has
   * @param homes see {@link Operations}; one for each thread
   */
  public Replayer(ParallelProgram program, Operations operations, Crew crew, long[] homes) {
    this.program = program;
    this.crew = crew;
    this.schedule = new Schedule(program, crew);
    this.loop = LoopSpecialiser.specialise(operations, schedule.channels(), program.touches());
    this.blocks = program.newTables();
    this.unwatched = new int[(program.threads() + 1) * LINE_INTS];
    this.homes = Arrays.copyOf(homes, homes.length + 1);
    this.homes[homes.length] = homes[0];
  }

  /** A replay on an allocator. */
  public static Replayer on(Operations operations, ParallelProgram program, Crew crew) {
    return new Replayer(program, operations, crew, new long[crew.size()]);
  }

  /**
   * Replays all events; the blocks left stay allocated.
   *
   * @param afterChunk called by each thread, with its index, every {@link #CHUNK_EVENTS} events or
   *     a few more, where shifts are shorter, and after its last one; the index of the opening is
   *     the number of threads
   * @return wall time in nanoseconds, without the opening
   */
  public long replay(IntConsumer afterChunk) {
    return replay(CHUNK_EVENTS, afterChunk);
  }

  private long replay(int chunk, IntConsumer afterChunk) {
    return schedule.run((thread, from, to) -> replay(thread, from, to, chunk, afterChunk));
  }

  private void replay(int thread, int from, int to, int chunk, IntConsumer afterChunk) {
    Program part = program.program(thread);
    long[] events = part.events();
    for (int begin = from; begin < to; begin += chunk) {
      int end = Math.min(begin + chunk, to);
      loop.replay(events, part.wide(), begin, end, blocks[thread], homes[thread]);
      unwatched[thread * LINE_INTS] += end - begin;
      if (unwatched[thread * LINE_INTS] >= chunk || end == events.length) {
        unwatched[thread * LINE_INTS] = 0;
        afterChunk.accept(thread);
      }
    }
  }

  /** Frees the blocks that are left after the last event. */
  public void freeLeftover() {
    crew.run(thread -> loop.free(program.program(thread).leftover(), blocks[thread]));
  }

  /** Replays and frees what is left; returns the wall time of the events in nanoseconds. */
  public long round() {
    long nanos = replay(UNWATCHED);
    freeLeftover();
    return nanos;
  }

  /** Replays until the code is compiled: see {@link WarmUp}. */
  public void warmUp() {
    WarmUp.run(chunk -> {
      replay(chunk, UNWATCHED);
      freeLeftover();
    });
  }
}
