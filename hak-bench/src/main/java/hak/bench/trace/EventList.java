package hak.bench.trace;

import java.util.Arrays;

/** The events of a {@link Program} and its side table, as they grow. */
final class EventList {
  /** Most events of a program. */
  static final int MAX_EVENTS = 1 << 30;

  private static final long PLAIN_SIZE_LIMIT = 1L << 32;
  private static final long ALIGNED_SIZE_LIMIT = 1L << Program.ALIGNED_SIZE_BITS;

  private long[] events;
  private int eventCount;
  private long[] wide = new long[4];
  private int wideCount;

  /**
   * Begins a list.
   *
   * @param expectedEvents a guess of its length
   */
  EventList(int expectedEvents) {
    events = new long[Math.max(16, expectedEvents)];
  }

  /** How many there are. */
  int size() {
    return eventCount;
  }

  /** Adds a call; one whose size does not fit goes to the side table. */
  void add(int op, int slot, int log2, long size) {
    boolean fits = size < (op == Program.ALIGNED ? ALIGNED_SIZE_LIMIT : PLAIN_SIZE_LIMIT);
    if (fits) {
      add(plainEvent(op, slot, log2, size));
    } else {
      addWide(op, slot, log2, size);
    }
  }

  /** Adds an event whose operation and argument are in the side table. */
  void addWide(int op, int slot, int log2, long argument) {
    if (wideCount == wide.length) {
      wide = Arrays.copyOf(wide, 2 * wideCount);
    }
    wide[wideCount] =
        (long) op << Program.WIDE_OP_SHIFT | (long) log2 << Program.WIDE_LOG2_SHIFT | argument;
    add(plainEvent(Program.WIDE, slot, 0, wideCount++));
  }

  private void add(long event) {
    if (eventCount == events.length) {
      if (eventCount == MAX_EVENTS) {
        throw new IllegalStateException("more than " + MAX_EVENTS + " events");
      }
      events = Arrays.copyOf(events, (int) Math.min(MAX_EVENTS, 2L * eventCount));
    }
    events[eventCount++] = event;
  }

  /** An event with all of it in one word. */
  static long plainEvent(int op, int slot, int log2, long size) {
    long argument = op == Program.ALIGNED ? (long) log2 << Program.ALIGNED_SIZE_BITS | size : size;
    return argument << 32 | (slot & 0xFFFF_FFFFL) << Program.SLOT_SHIFT | op;
  }

  /** The events so far. */
  long[] events() {
    return Arrays.copyOf(events, eventCount);
  }

  /** Their side table. */
  long[] wide() {
    return Arrays.copyOf(wide, wideCount);
  }
}
