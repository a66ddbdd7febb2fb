package hak.bench.trace;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Makes a {@link ParallelProgram} of a trace in which each thread makes the calls that it made when
 * it was recorded, and hands blocks over in the recorded order.
 *
 * <p>Threads that lived one after the other are shifts of one part ({@link ThreadLanes}): as many
 * threads run at once as did then, and they begin and end.
 *
 * <p><b>Hand-over.</b> Each part has a channel. When a part ends a block that another one wrote,
 * that one posts, if it has not since it wrote, and the first awaits that count. The post stands in
 * the other's events where it was at that moment of the recording; so a thread waits until the one
 * it depends on has come as far as it had then. A count that was awaited covers all that was
 * written before it, and nothing is awaited twice. Events are told in an order in which they
 * happened, so nobody waits in a circle.
 *
 * <p><b>Slots.</b> A slot that is freed belongs to the part that freed it and is the next that it
 * uses: its last use was that part's own, so no hand-over is needed. A part that has none takes
 * half of what another one has, after a hand-over; else a bundle of new ones. So the table is about
 * as large as the number of blocks that are alive at once, also where one thread allocates and
 * another one frees.
 *
 * <p>What it does not keep: when threads did something without a block, and the lifetime of a
 * thread beyond its calls.
 */
final class ThreadedTrace implements TraceEvents {
  /** As many as the loop in C can have. */
  private static final int MOST_THREADS = 1024;

  /** New slots that a part gets at once, and the fewest that are worth a hand-over. */
  private static final int BUNDLE = 64;

  private final ThreadLanes lanes;
  private final ParallelBuilder builder;
  private final Lane[] all;
  private Lane lane;

  /** By slot: who wrote it last, and how often that one had posted before. */
  private int[] writers = new int[1024];

  private int[] stamps = new int[1024];

  /** One part and what it knows of the others. */
  private static final class Lane {
    private final int number;
    private final ParallelBuilder.PartBuilder part;
    private final int channel;
    private final int[] known;
    private final SlotStack free = new SlotStack();
    private int posts;
    private boolean begun;
    private int thread;

    Lane(int number, ParallelBuilder builder, int lanes) {
      this.number = number;
      this.part = builder.part(number);
      this.channel = builder.takeChannel();
      this.known = new int[lanes];
    }

    void post() {
      part.post(channel);
      posts++;
    }

    /** Sees all that another one did before its last post. */
    void await(Lane other) {
      part.await(other.channel, other.posts);
      known[other.number] = other.posts;
    }
  }

  private ThreadedTrace(ThreadLanes lanes) {
    this.lanes = lanes;
    builder = new ParallelBuilder(lanes.count());
    all = new Lane[lanes.count()];
    Arrays.setAll(all, number -> new Lane(number, builder, lanes.count()));
  }

  /**
   * The program of a trace.
   *
   * @param name for messages
   * @param trace tells its events; called twice
   * @throws TraceException if more than 1,024 threads live at once
   */
  static ParallelProgram program(String name, Consumer<TraceEvents> trace) {
    ThreadLanes.Reader reader = new ThreadLanes.Reader();
    trace.accept(reader);
    ThreadLanes lanes = reader.lanes();
    if (lanes.count() > MOST_THREADS) {
      throw new TraceException(
          name, -1, lanes.count() + " threads at once, the limit is " + MOST_THREADS, null);
    }
    if (lanes.count() <= 1) {
      ProgramBuilder alone = TraceFile.newProgram();
      trace.accept(alone);
      return ParallelProgram.copies(alone.build(), 1);
    }
    ThreadedTrace threads = new ThreadedTrace(lanes);
    threads.thread(0);
    trace.accept(threads);
    return threads.builder.build();
  }

  /** A trace begins with thread 0, which may make no call and have no lane. */
  @Override
  public void thread(int number) {
    Integer of = lanes.laneOf().get(number);
    if (of == null) {
      return;
    }
    lane = all[of];
    if (lane.begun && lane.thread != number) {
      lane.part.endShift();
    }
    lane.begun = true;
    lane.thread = number;
  }

  @Override
  public int malloc(long size) {
    int slot = takeSlot();
    lane.part.malloc(slot, size);
    return wrote(slot);
  }

  @Override
  public int calloc(long size) {
    int slot = takeSlot();
    lane.part.calloc(slot, size);
    return wrote(slot);
  }

  @Override
  public int aligned(int log2, long size) {
    int slot = takeSlot();
    lane.part.aligned(slot, log2, size);
    return wrote(slot);
  }

  @Override
  public void free(int slot) {
    handOver(slot);
    lane.part.free(slot);
    lane.free.push(slot);
  }

  @Override
  public int realloc(int slot, long size) {
    handOver(slot);
    lane.part.realloc(slot, size);
    return wrote(slot);
  }

  private int wrote(int slot) {
    writers[slot] = lane.number;
    stamps[slot] = lane.posts;
    return slot;
  }

  /** Lets the part see the block in a slot. */
  private void handOver(int slot) {
    Lane writer = all[writers[slot]];
    if (writer != lane && lane.known[writer.number] <= stamps[slot]) {
      if (writer.posts == stamps[slot]) {
        writer.post();
      }
      lane.await(writer);
    }
  }

  private int takeSlot() {
    if (lane.free.isEmpty() && !takeOver()) {
      int first = builder.takeSlots(lane.number, BUNDLE);
      int end = first + BUNDLE;
      if (end > writers.length) {
        int length = Math.max(end, 2 * writers.length);
        writers = Arrays.copyOf(writers, length);
        stamps = Arrays.copyOf(stamps, length);
      }
      for (int slot = end - 1; slot >= first; slot--) {
        lane.free.push(slot);
      }
    }
    return lane.free.pop();
  }

  /** Takes half of the free slots of the part that has most; false if that is not worth it. */
  private boolean takeOver() {
    Lane richest = lane;
    for (Lane each : all) {
      richest = each.free.size() > richest.free.size() ? each : richest;
    }
    if (richest.free.size() < 2 * BUNDLE) {
      return false;
    }
    richest.post();
    lane.await(richest);
    for (int left = richest.free.size() / 2; left > 0; left--) {
      lane.free.push(richest.free.pop());
    }
    return true;
  }
}
