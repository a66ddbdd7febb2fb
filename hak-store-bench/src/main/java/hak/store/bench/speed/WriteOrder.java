package hak.store.bench.speed;

import java.util.Locale;

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
  /** The first word of the line. */
  static final String COMMAND = "write";

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

  /** The order as a line. */
  String line() {
    return String.format(
        Locale.ROOT, "%s %s %d %d %d %d", COMMAND, target, sizeBytes, threads, startNanos, millis);
  }

  /** Reads the words of a line. */
  static WriteOrder parse(String[] words) {
    return new WriteOrder(
        Target.valueOf(words[1]),
        Long.parseLong(words[2]),
        Integer.parseInt(words[3]),
        Long.parseLong(words[4]),
        Integer.parseInt(words[5]));
  }
}
