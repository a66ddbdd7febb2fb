package hak.bench.trace;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is done by one thread of a {@link ParallelProgram} in a round, or by several of which one
 * works at a time.
 *
 * @param program its events
 * @param shifts stretches of the events in the order in which they are replayed; none if all events
 *     are replayed once
 * @param workers who replays the shifts
 * @param virtualThreads how many virtual threads that are; 0 if they are no virtual threads
 */
public record Part(Program program, List<Shift> shifts, Workers workers, int virtualThreads) {
  /**
   * A stretch of events.
   *
   * @param from the first event
   * @param to the event after the last one
   */
  public record Shift(int from, int to) {}

  /** Who replays the shifts of a part. The numbers are those of {@code peers/replay.c}. */
  public enum Workers {
    /** One thread, the same in every round. */
    OWN_THREAD(0),

    /** A new thread for each shift, which the one before it starts, and dies. */
    SUCCESSORS(1),

    /**
     * Virtual threads in turns: shift {@code i} is that of thread {@code i} modulo their number,
     * which is parked between two of its own. A language without them has the part's own thread.
     */
    VIRTUAL_THREADS(2);

    private final int number;

    Workers(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    static Workers of(long number) {
      return Stream.of(values())
          .filter(workers -> workers.number == number)
          .findFirst()
          .orElseThrow();
    }
  }

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there are shifts missing for the workers
   */
  public Part {
    shifts = List.copyOf(shifts);
    boolean fits =
        switch (workers) {
          case OWN_THREAD -> virtualThreads == 0;
          case SUCCESSORS -> virtualThreads == 0 && !shifts.isEmpty();
          case VIRTUAL_THREADS -> virtualThreads > 0 && virtualThreads <= shifts.size();
        };
    if (!fits) {
      throw new IllegalArgumentException(
          shifts.size() + " shifts of " + workers + ", " + virtualThreads + " virtual threads");
    }
  }

  /** A part that one thread replays. */
  public static Part of(Program program) {
    return inShifts(program, List.of());
  }

  /** A part that one thread replays shift by shift. */
  public static Part inShifts(Program program, List<Shift> shifts) {
    return new Part(program, shifts, Workers.OWN_THREAD, 0);
  }

  /** A part with a new thread for each shift; one thread if there is none. */
  public static Part ofSuccessors(Program program, List<Shift> shifts) {
    return shifts.isEmpty() ? of(program) : new Part(program, shifts, Workers.SUCCESSORS, 0);
  }

  /** A part whose shifts virtual threads replay in turns. */
  public static Part ofVirtualThreads(Program program, List<Shift> shifts, int virtualThreads) {
    return new Part(program, shifts, Workers.VIRTUAL_THREADS, virtualThreads);
  }

  /** The same shifts of other events. */
  Part withProgram(Program other) {
    return new Part(other, shifts, workers, virtualThreads);
  }

  /** The shifts, or all events as one. */
  public List<Shift> stretches() {
    return shifts.isEmpty() ? List.of(new Shift(0, program.events().length)) : shifts;
  }

  /** Calls of the allocator in one round. */
  public long calls() {
    long calls = 0;
    int ofShift = 0;
    Shift last = null;
    for (Shift shift : stretches()) {
      if (!shift.equals(last)) {
        ofShift = program.calls(shift.from(), shift.to());
        last = shift;
      }
      calls += ofShift;
    }
    return calls;
  }
}
