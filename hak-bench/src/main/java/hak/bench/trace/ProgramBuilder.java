package hak.bench.trace;

import java.util.Arrays;
import java.util.BitSet;

/** Makes a {@link Program} call by call. */
public final class ProgramBuilder implements TraceEvents {
  private final EventList events;
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
    events = new EventList(expectedEvents);
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
    events.add(op, slot, log2, size);
    resize(slot, 0, size);
    return slot;
  }

  /** Adds a free; the slot is the next to be used. */
  @Override
  public void free(int slot) {
    events.add(Program.FREE, slot, 0, 0);
    liveBytes -= sizes[slot];
    live.clear(slot);
    slots.give(slot);
  }

  /** Adds a reallocation; the block keeps its slot. */
  @Override
  public int realloc(int slot, long size) {
    events.add(Program.REALLOC, slot, 0, size);
    resize(slot, sizes[slot], size);
    return slot;
  }

  /** How many events there are so far. */
  public int eventCount() {
    return events.size();
  }

  /** The program so far. */
  public Program build() {
    return new Program(
        events.events(),
        events.wide(),
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
}
