package hak.bench.trace;

import java.util.List;

/**
 * What one thread of a {@link ParallelProgram} does in a round.
 *
 * @param program its events
 * @param shifts stretches of the events in the order in which they are replayed, each by a new
 *     thread that the one before it starts; none if one thread, the same in every round, replays
 *     all events once
 */
public record Part(Program program, List<Shift> shifts) {
  /**
   * A stretch of events.
   *
   * @param from the first event
   * @param to the event after the last one
   */
  public record Shift(int from, int to) {}

  /** Copies the list. */
  public Part {
    shifts = List.copyOf(shifts);
  }

  /** A part that one thread replays. */
  public static Part of(Program program) {
    return new Part(program, List.of());
  }

  /** Calls of the allocator in one round. */
  public long calls() {
    if (shifts.isEmpty()) {
      return program.calls(0, program.events().length);
    }
    long calls = 0;
    int ofShift = 0;
    Shift last = null;
    for (Shift shift : shifts) {
      if (!shift.equals(last)) {
        ofShift = program.calls(shift.from(), shift.to());
        last = shift;
      }
      calls += ofShift;
    }
    return calls;
  }
}
