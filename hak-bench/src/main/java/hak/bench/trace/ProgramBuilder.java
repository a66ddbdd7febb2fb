package hak.bench.trace;

import java.util.Arrays;
import java.util.BitSet;

/** Makes a {@link Program} call by call. */
public final class ProgramBuilder {
  private final EventList events;
  private int slots;
  private int[] freeSlots = new int[64];
  private int freeCount;
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

  /** Adds an allocation and returns the slot of the block. */
  public int malloc(long size) {
    return create(Program.MALLOC, 0, size);
  }

  /** Adds an allocation of zeroed memory and returns the slot of the block. */
  public int calloc(long size) {
    return create(Program.CALLOC, 0, size);
  }

  /** Adds an allocation at a multiple of {@code 1 << log2} and returns the slot of the block. */
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
  public void free(int slot) {
    events.add(Program.FREE, slot, 0, 0);
    liveBytes -= sizes[slot];
    live.clear(slot);
    if (freeCount == freeSlots.length) {
      freeSlots = Arrays.copyOf(freeSlots, 2 * freeCount);
    }
    freeSlots[freeCount++] = slot;
  }

  /** Adds a reallocation; the block keeps its slot. */
  public void realloc(int slot, long size) {
    events.add(Program.REALLOC, slot, 0, size);
    resize(slot, sizes[slot], size);
  }

  /** The program so far. */
  public Program build() {
    return new Program(
        events.events(),
        events.wide(),
        live.stream().toArray(),
        slots,
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
    int slot;
    if (freeCount > 0) {
      slot = freeSlots[--freeCount];
    } else {
      if (slots == Program.MAX_SLOTS) {
        throw new IllegalStateException("more than " + Program.MAX_SLOTS + " blocks alive");
      }
      slot = slots++;
      if (slot == sizes.length) {
        sizes = Arrays.copyOf(sizes, 2 * slot);
      }
    }
    live.set(slot);
    return slot;
  }
}
