package hak.store.bench.speed;

/**
 * What a {@link WorkerMain worker} is to write, and when.
 *
 * @param target where to
 * @param sizeBytes the size of the object
 * @param threads how many threads write
 * @param startNanos when, by {@link System#nanoTime}, which on Linux is one clock for all processes
 * @param millis for how long
 */
record WriteOrder(Target target, long sizeBytes, int threads, long startNanos, int millis) {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Where writers write. */
  enum Target {
    /** The store: put and delete. */
    STORE,
    /** A plain mapping, always to the same place, as put after delete does. */
    MEMCPY
  }

  long endNanos() {
    return startNanos + millis * NANOS_PER_MILLI;
  }
}
