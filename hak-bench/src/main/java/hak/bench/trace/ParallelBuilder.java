package hak.bench.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes a {@link ParallelProgram} whose threads hand blocks to each other.
 *
 * <p>Events of all threads are added in an order in which they could happen one after the other.
 * That is checked: a slot that is freed or moved has a block, one that is written has none, and a
 * count that is awaited has been reached. So replaying cannot come to a standstill, in whichever
 * order the threads run. That what a thread reads was awaited by it is up to the caller.
 */
public final class ParallelBuilder {
  private static final int NOBODY = -1;

  /** Slots between those of two threads: two cache lines, which are fetched together. */
  private static final int GAP_SLOTS = 16;

  private final List<PartBuilder> parts;
  private final PartBuilder opening;

  /** By slot: the thread that may free it at the end, the size and the allocating thread. */
  private int[] keepers = new int[1024];

  private long[] sizes = new long[1024];
  private int[] owners = new int[1024];
  private int slots = GAP_SLOTS;
  private int[] posts = new int[16];
  private int channels;
  private long liveBytes;
  private long peakLiveBytes;
  private long largestBytes;
  private long frees;
  private long remoteFrees;

  /** Begins a program of so many threads, 1 or more. */
  public ParallelBuilder(int threads) {
    parts = IntStream.range(0, threads).mapToObj(PartBuilder::new).toList();
    opening = new PartBuilder(threads);
    Arrays.fill(owners, NOBODY);
  }

  /** What a thread does. */
  public PartBuilder part(int thread) {
    return parts.get(thread);
  }

  /** What is done before the threads begin. */
  public PartBuilder opening() {
    return opening;
  }

  /**
   * Makes slots, apart from all others.
   *
   * @param keeper the thread that frees what is in them after the last event
   * @return the first of them
   */
  public int takeSlots(int keeper, int count) {
    int first = slots;
    slots = Math.addExact(first, count + GAP_SLOTS);
    if (slots > Program.MAX_SLOTS) {
      throw new IllegalStateException("more than " + Program.MAX_SLOTS + " slots");
    }
    if (slots > sizes.length) {
      int length = Math.max(slots, 2 * sizes.length);
      int before = owners.length;
      keepers = Arrays.copyOf(keepers, length);
      sizes = Arrays.copyOf(sizes, length);
      owners = Arrays.copyOf(owners, length);
      Arrays.fill(owners, before, length, NOBODY);
    }
    Arrays.fill(keepers, first, first + count, keeper);
    return first;
  }

  /** Makes a channel. */
  public int takeChannel() {
    if (channels == posts.length) {
      posts = Arrays.copyOf(posts, 2 * channels);
    }
    return channels++;
  }

  /** The program so far. */
  public ParallelProgram build() {
    return new ParallelProgram(
        parts.stream().map(PartBuilder::build).toList(),
        opening.events.size() == 0 ? null : opening.program(),
        true,
        channels,
        frees,
        remoteFrees);
  }

  /** Adds what one thread does. */
  public final class PartBuilder {
    private final int thread;
    private final EventList events = new EventList(1 << 16);
    private final List<Part.Shift> shifts = new ArrayList<>();
    private int shiftBegin;

    private PartBuilder(int thread) {
      this.thread = thread;
    }

    /** Adds an allocation into an empty slot. */
    public void malloc(int slot, long size) {
      create(Program.MALLOC, slot, 0, size);
    }

    /** Adds an allocation of zeroed memory into an empty slot. */
    public void calloc(int slot, long size) {
      create(Program.CALLOC, slot, 0, size);
    }

    /** Adds an allocation at a multiple of {@code 1 << log2} into an empty slot. */
    public void aligned(int slot, int log2, long size) {
      create(Program.ALIGNED, slot, log2, size);
    }

    /** Adds a change of size; the block stays in its slot, and is this thread's from here on. */
    public void realloc(int slot, long size) {
      require(owners[slot] != NOBODY, slot, "is empty");
      events.add(Program.REALLOC, slot, 0, size);
      liveBytes -= sizes[slot];
      hold(slot, size);
    }

    private void create(int op, int slot, int log2, long size) {
      require(owners[slot] == NOBODY, slot, "has a block");
      events.add(op, slot, log2, size);
      hold(slot, size);
    }

    private void hold(int slot, long size) {
      owners[slot] = thread;
      sizes[slot] = size;
      liveBytes += size;
      peakLiveBytes = Math.max(peakLiveBytes, liveBytes);
      largestBytes = Math.max(largestBytes, size);
    }

    /** Adds the free of the block in a slot. */
    public void free(int slot) {
      require(owners[slot] != NOBODY, slot, "is empty");
      events.add(Program.FREE, slot, 0, 0);
      frees++;
      remoteFrees += owners[slot] == thread ? 0 : 1;
      liveBytes -= sizes[slot];
      owners[slot] = NOBODY;
    }

    /** Moves the block in a slot to an empty one. */
    public void move(int from, int to) {
      require(owners[from] != NOBODY, from, "is empty");
      require(owners[to] == NOBODY, to, "has a block");
      events.add(Program.MOVE, from, 0, to);
      owners[to] = owners[from];
      sizes[to] = sizes[from];
      owners[from] = NOBODY;
    }

    /** Has the first byte of the block in a slot written so often. */
    public void write(int slot, int times) {
      require(owners[slot] != NOBODY, slot, "is empty");
      events.addWide(Program.WRITE, slot, 0, times);
    }

    /** Counts a channel up, of which this is the only thread that does. */
    public void post(int channel) {
      events.addWide(Program.POST, channel, 0, 0);
      posts[channel]++;
    }

    /** Waits until a channel has counted up to a number, since the beginning of the round. */
    public void await(int channel, int count) {
      require(posts[channel] >= count, channel, "has not counted up to " + count);
      events.addWide(Program.AWAIT, channel, 0, count);
    }

    /** Ends the life of this thread: a new one goes on with what is added from here on. */
    public void endShift() {
      shifts.add(new Part.Shift(shiftBegin, events.size()));
      shiftBegin = events.size();
    }

    /**
     * Has the last shift replayed again by further threads. It must leave the slots as it found
     * them, and neither count nor await.
     */
    public void repeatShift(int times) {
      for (int i = 0; i < times; i++) {
        shifts.add(shifts.getLast());
      }
    }

    private void require(boolean holds, int number, String what) {
      if (!holds) {
        throw new IllegalStateException(
            "thread " + thread + ", event " + events.size() + ": " + number + " " + what);
      }
    }

    private Part build() {
      if (!shifts.isEmpty() && shiftBegin < events.size()) {
        endShift();
      }
      return Part.ofSuccessors(program(), shifts);
    }

    private Program program() {
      return new Program(
          events.events(), events.wide(), leftover(), slots, peakLiveBytes, largestBytes, true);
    }

    private int[] leftover() {
      return IntStream.range(0, slots)
          .filter(slot -> owners[slot] != NOBODY && keepers[slot] == thread)
          .toArray();
    }
  }
}
