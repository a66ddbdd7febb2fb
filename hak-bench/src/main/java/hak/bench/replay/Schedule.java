package hak.bench.replay;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Part;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Has the parts of a program replayed by the threads of a crew. A round:
 *
 * <pre>
 *   opening                    by the calling thread, when it has the number {@link ParallelProgram#threads}
 *   part 0, part 1, ...        at the same time, by the threads of the crew
 *     shift 0, shift 1, ...      one after the other, by that thread or by the part's {@link Part.Workers}
 * </pre>
 *
 * <p>When a thread fails those that wait for it do too, and the round throws what the first one
 * threw.
 */
public final class Schedule {
  private final ParallelProgram program;
  private final Crew crew;
  private final Channels channels;

  /**
   * Of a program.
   *
   * @throws IllegalArgumentException if the crew has another number of threads
   */
  public Schedule(ParallelProgram program, Crew crew) {
    if (crew.size() != program.threads()) {
      throw new IllegalArgumentException(
          "a program for " + program.threads() + " threads, a crew of " + crew.size());
    }
    this.program = program;
    this.crew = crew;
    this.channels = new Channels(program.channels());
  }

  /** Replays events. */
  @FunctionalInterface
  public interface Stretch {
    /**
     * Replays the events of a thread from {@code from} up to but not including {@code to}.
     *
     * @param thread its number in the program
     */
    void replay(int thread, int from, int to);
  }

  /** The channels of the round, for those who replay. */
  public Channels channels() {
    return channels;
  }

  /**
   * Replays all events.
   *
   * @return nanoseconds from the first start of a part to the last end of one
   */
  public long run(Stretch stretch) {
    channels.reset();
    if (program.opening() != null) {
      stretch.replay(program.threads(), 0, program.opening().events().length);
    }
    return crew.run(thread -> {
      try {
        replay(thread, stretch);
      } catch (RuntimeException | Error e) {
        channels.abandon();
        throw e;
      }
    });
  }

  private void replay(int thread, Stretch stretch) {
    Part part = program.parts().get(thread);
    List<Part.Shift> shifts = part.stretches();
    IntConsumer replay =
        number -> stretch.replay(thread, shifts.get(number).from(), shifts.get(number).to());
    switch (part.workers()) {
      case OWN_THREAD -> IntStream.range(0, shifts.size()).forEach(replay);
      case SUCCESSORS -> Succession.run("replay-" + thread, shifts.size(), replay);
      case VIRTUAL_THREADS ->
          VirtualTurns.run("replay-" + thread, part.virtualThreads(), shifts.size(), replay);
    }
  }
}
