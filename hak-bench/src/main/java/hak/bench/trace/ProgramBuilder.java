package hak.bench.trace;

import java.util.Arrays;
import java.util.BitSet;

/** Makes a {@link Program} call by call. */
public final class ProgramBuilder implements TraceEvents {
  /** Most events of a program. */
  static final int MAX_EVENTS = 1 << 30;

  private static final long PLAIN_SIZE_LIMIT = 1L << 32;
  private static final long ALIGNED_SIZE_LIMIT = 1L << Program.ALIGNED_SIZE_BITS;

  private long[] events;
  private int eventCount;
  private long[] wide = new long[4];
  private int wideCount;
  private final SlotNumbers slots = new SlotNumbers();
  private long[] sizes = new long[64];
  private final BitSet live = new BitSet();
  private long liveBytes;
  private long peakLiveBytes;
  private long largestBytes;
  private boolean touches = true;

  /**
   * Begins a program.
   *
   * @param expectedEvents a guess of its length
   */
  public ProgramBuilder(int expectedEvents) {
    events = new long[Math.max(16, expectedEvents)];
  }

  /** Leaves the blocks of the program unwritten. */
  public ProgramBuilder untouched() {
    touches = false;
    return this;
  }

  /** A program is replayed by one thread, or whole by each of several. */
  @Override
  public void thread(int number) {}

  /** Adds an allocation and returns the slot of the block. */
  @Override
  public int malloc(long size) {
    return create(Program.MALLOC, 0, size);
  }

  /** Adds an allocation of zeroed memory and returns the slot of the block. */
  @Override
  public int calloc(long size) {
    return create(Program.CALLOC, 0, size);
  }

  /** Adds an allocation at a multiple of {@code 1 << log2} and returns the slot of the block. */
  @Override
  public int aligned(int log2, long size) {
    return create(Program.ALIGNED, log2, size);
  }

  private int create(int op, int log2, long size) {
    int slot = takeSlot();
    add(op, slot, log2, size);
    resize(slot, 0, size);
    return slot;
  }

  /** Adds a free; the slot is the next to be used. */
  @Override
  public void free(int slot) {
    add(Program.FREE, slot, 0, 0);
    liveBytes -= sizes[slot];
    live.clear(slot);
    slots.give(slot);
  }

  /** Adds a reallocation; the block keeps its slot. */
  @Override
  public int realloc(int slot, long size) {
    add(Program.REALLOC, slot, 0, size);
    resize(slot, sizes[slot], size);
    return slot;
  }

  /** The program so far. */
  public Program build() {
    return new Program(
        Arrays.copyOf(events, eventCount),
        Arrays.copyOf(wide, wideCount),
        live.stream().toArray(),
        slots.count(),
        peakLiveBytes,
        largestBytes,
        touches);
  }

  private void resize(int slot, long oldSize, long size) {
    sizes[slot] = size;
    liveBytes += size - oldSize;
    peakLiveBytes = Math.max(peakLiveBytes, liveBytes);
    largestBytes = Math.max(largestBytes, size);
  }

  private int takeSlot() {
    int slot = slots.take();
    if (slot == sizes.length) {
      sizes = Arrays.copyOf(sizes, 2 * slot);
    }
    live.set(slot);
    return slot;
  }

  private void add(int op, int slot, int log2, long size) {
    if (eventCount == events.length) {
      if (eventCount == MAX_EVENTS) {
        throw new IllegalStateException("more than " + MAX_EVENTS + " events");
      }
      events = Arrays.copyOf(events, (int) Math.min(MAX_EVENTS, 2L * eventCount));
    }
    boolean fits = size < (op == Program.ALIGNED ? ALIGNED_SIZE_LIMIT : PLAIN_SIZE_LIMIT);
    events[eventCount++] =
        fits
            ? plainEvent(op, slot, log2, size)
            : plainEvent(Program.WIDE, slot, 0, addWide(op, log2, size));
  }

  private int addWide(int op, int log2, long size) {
    if (wideCount == wide.length) {
      wide = Arrays.copyOf(wide, 2 * wideCount);
    }
    wide[wideCount] =
        (long) op << Program.WIDE_OP_SHIFT | (long) log2 << Program.WIDE_LOG2_SHIFT | size;
    return wideCount++;
  }

  static long plainEvent(int op, int slot, int log2, long size) {
    long argument = op == Program.ALIGNED ? (long) log2 << Program.ALIGNED_SIZE_BITS | size : size;
    return argument << 32 | (slot & 0xFFFF_FFFFL) << Program.SLOT_SHIFT | op;
  }
}
