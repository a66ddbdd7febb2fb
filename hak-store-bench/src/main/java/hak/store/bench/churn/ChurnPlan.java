package hak.store.bench.churn;

/**
 * What is put into a store and deleted again.
 *
 * @param episodes how many are put in all, from 1
 * @param fill share of the store that is in use when the next episode is put, more than 0, up to 1
 * @param minBytes size of the smallest episode, 1 KiB or more; all sizes up to the largest are
 *     alike
 * @param maxBytes size of the largest, up to 1 GiB
 * @param workers processes that put them, each as many and as much as the others: 1 to {@value
 *     #MAX_WORKERS}
 * @param sample how many episodes are read back for each that is put, 0 to 1
 * @param discard which make room
 * @param seed of sizes, contents and choices
 */
public record ChurnPlan(
    int episodes,
    double fill,
    long minBytes,
    long maxBytes,
    int workers,
    double sample,
    Discard discard,
    long seed) {
  /** Most workers. */
  public static final int MAX_WORKERS = 32;

  /** Least size of an episode. */
  public static final long LEAST_BYTES = 1 << 10;

  /** Largest size of an episode. */
  public static final long MOST_BYTES = 1 << 30;

  /** 10,000 episodes of 512 KiB to 5 MiB at 90 %, discarded at random, a tenth of them read. */
  public static final ChurnPlan DEFAULT =
      new ChurnPlan(10_000, 0.9, 512 << 10, 5 << 20, 1, 0.1, Discard.RANDOM, 1);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the first value that is outside its range
   */
  public ChurnPlan {
    check("workers", workers, 1, MAX_WORKERS);
    check("episodes", episodes, workers, Integer.MAX_VALUE);
    check("min", minBytes, LEAST_BYTES, MOST_BYTES);
    check("max", maxBytes, minBytes, MOST_BYTES);
    if (!(fill > 0 && fill <= 1)) {
      throw new IllegalArgumentException("fill is " + fill + "; it must be more than 0, up to 1");
    }
    if (!(sample >= 0 && sample <= 1)) {
      throw new IllegalArgumentException("sample is " + sample + "; it must be from 0 to 1");
    }
  }

  private static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          String.format("%s is %,d; it must be from %,d to %,d", name, value, least, most));
    }
  }

  /** Episodes of one worker. */
  int episodesOf(int worker) {
    return (int) ((worker + 1L) * episodes / workers - (long) worker * episodes / workers);
  }
}
