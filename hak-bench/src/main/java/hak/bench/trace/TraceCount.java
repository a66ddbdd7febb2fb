package hak.bench.trace;

/** Counts what the header of a trace announces. */
public final class TraceCount implements TraceEvents {
  private long events;
  private int blocks;
  private int threads = 1;

  /** Begins at no event. */
  public TraceCount() {}

  /** Events so far. */
  public long events() {
    return events;
  }

  /** Blocks so far: allocations, and reallocations, each of which begins a block. */
  public int blocks() {
    return blocks;
  }

  /** One more than the largest number of a thread so far; 1 or more. */
  public int threads() {
    return threads;
  }

  @Override
  public void thread(int number) {
    threads = Math.max(threads, number + 1);
  }

  @Override
  public int malloc(long size) {
    return create();
  }

  @Override
  public int calloc(long size) {
    return create();
  }

  @Override
  public int aligned(int log2, long size) {
    return create();
  }

  @Override
  public void free(int block) {
    events++;
  }

  @Override
  public int realloc(int block, long size) {
    return create();
  }

  private int create() {
    events++;
    return blocks++;
  }
}
