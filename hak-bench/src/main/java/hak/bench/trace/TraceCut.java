package hak.bench.trace;

import java.util.Arrays;

/**
 * Tells a part of a trace: so many of its events from one on. Of blocks that were there before, a
 * free is left out, and a reallocation is an allocation; the events left out are not made up for.
 */
public final class TraceCut implements TraceEvents {
  private static final int OUTSIDE = -1;

  private final TraceEvents sink;
  private final long first;
  private final long end;
  private final SlotNumbers slots = new SlotNumbers();
  private int[] blockOfSlot = new int[64];
  private long event;
  private int thread;
  private int toldThread;

  /**
   * Begins one.
   *
   * @param sink is told the part
   * @param first number of the first event that is told, from 0
   * @param count how many events are looked at from there on
   */
  public TraceCut(TraceEvents sink, long first, long count) {
    this.sink = sink;
    this.first = first;
    this.end = count > Long.MAX_VALUE - first ? Long.MAX_VALUE : first + count;
  }

  @Override
  public void thread(int number) {
    thread = number;
  }

  /** Whether the event that has come is told; its thread is told before it. */
  private boolean isTold() {
    boolean told = event >= first && event < end;
    event++;
    return told;
  }

  private TraceEvents sink() {
    if (thread != toldThread) {
      sink.thread(thread);
      toldThread = thread;
    }
    return sink;
  }

  @Override
  public int malloc(long size) {
    return begin(isTold() ? sink().malloc(size) : OUTSIDE);
  }

  @Override
  public int calloc(long size) {
    return begin(isTold() ? sink().calloc(size) : OUTSIDE);
  }

  @Override
  public int aligned(int log2, long size) {
    return begin(isTold() ? sink().aligned(log2, size) : OUTSIDE);
  }

  private int begin(int block) {
    int slot = slots.take();
    if (slot == blockOfSlot.length) {
      blockOfSlot = Arrays.copyOf(blockOfSlot, 2 * slot);
    }
    blockOfSlot[slot] = block;
    return slot;
  }

  @Override
  public void free(int slot) {
    int block = blockOfSlot[slot];
    slots.give(slot);
    if (isTold() && block != OUTSIDE) {
      sink().free(block);
    }
  }

  @Override
  public int realloc(int slot, long size) {
    int block = blockOfSlot[slot];
    if (isTold()) {
      blockOfSlot[slot] = block == OUTSIDE ? sink().malloc(size) : sink().realloc(block, size);
    }
    return slot;
  }
}
