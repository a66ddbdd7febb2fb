package hak.bench.trace;

import hak.bench.trace.TraceSummary.ThreadShare;
import java.util.ArrayList;
import java.util.List;

/** Makes a {@link TraceSummary} of the events it is told. */
public final class TraceStatistics implements TraceEvents {
  private final Population population = new Population();
  private final PowerRanges sizes = new PowerRanges();
  private final PowerRanges lifetimes = new PowerRanges();
  private final Timeline timeline = new Timeline();
  private final List<ThreadCounts> threads = new ArrayList<>();
  private ThreadCounts current;
  private int thread;
  private long events;
  private long mallocs;
  private long callocs;
  private long aligned;
  private long frees;
  private long reallocs;
  private long foreignFrees;

  /** Begins with no event. */
  public TraceStatistics() {
    thread(0);
  }

  /** What one thread did. */
  private static final class ThreadCounts {
    long allocations;
    long ends;
    long foreignEnds;
  }

  @Override
  public void thread(int number) {
    while (threads.size() <= number) {
      threads.add(new ThreadCounts());
    }
    current = threads.get(number);
    thread = number;
  }

  @Override
  public int malloc(long size) {
    mallocs++;
    return begin(size);
  }

  @Override
  public int calloc(long size) {
    callocs++;
    return begin(size);
  }

  @Override
  public int aligned(int log2, long size) {
    aligned++;
    return begin(size);
  }

  @Override
  public void free(int block) {
    frees++;
    end(block);
    ended();
  }

  @Override
  public int realloc(int block, long size) {
    reallocs++;
    end(block);
    return begin(size);
  }

  private int begin(long size) {
    sizes.add(size, size);
    current.allocations++;
    int block = population.begin(size, thread, events);
    ended();
    return block;
  }

  private void end(int block) {
    lifetimes.add(events - population.bornAt(block), population.size(block));
    current.ends++;
    if (population.bornIn(block) != thread) {
      current.foreignEnds++;
      foreignFrees++;
    }
    population.end(block);
  }

  /** An event has ended. */
  private void ended() {
    timeline.add(population.bytes(), population.blocks());
    events++;
  }

  /** What the events so far are like. */
  public TraceSummary summary() {
    return new TraceSummary(
        events,
        mallocs,
        callocs,
        aligned,
        frees,
        reallocs,
        sizes.bytes(),
        population.peakBytes(),
        population.peakBlocks(),
        population.peakAt(),
        population.blocks(),
        population.bytes(),
        foreignFrees,
        sizes.ranges(),
        lifetimes.ranges(),
        shares(),
        timeline.bytes(),
        timeline.blocks());
  }

  private List<ThreadShare> shares() {
    List<ThreadShare> shares = new ArrayList<>();
    for (int number = 0; number < threads.size(); number++) {
      ThreadCounts counts = threads.get(number);
      if (counts.allocations + counts.ends > 0) {
        shares.add(new ThreadShare(number, counts.allocations, counts.ends, counts.foreignEnds));
      }
    }
    return shares;
  }
}
