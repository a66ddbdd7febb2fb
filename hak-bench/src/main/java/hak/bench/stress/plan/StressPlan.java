package hak.bench.stress.plan;

import java.time.Duration;

/**
 * What the rounds of a stress are like.
 *
 * @param threads platform threads that live as long as a round, 1 to {@value #MOST_THREADS}
 * @param seed of the first round; each further round has the next
 * @param close when stacks are closed
 * @param memoryBytes most bytes in live blocks
 * @param longestRound most time that threads work in a round, a millisecond or more
 * @param patience a thread that stands still for so long hangs, a millisecond or more
 */
public record StressPlan(
    int threads,
    long seed,
    CloseTime close,
    long memoryBytes,
    Duration longestRound,
    Duration patience) {
  /** Most bytes in live blocks when nothing else is asked for. */
  public static final long DEFAULT_MEMORY_BYTES = 512L << 20;

  /** More would take all that there are of the machine before one has begun to work. */
  public static final int MOST_THREADS = 1_000;

  /** Least that {@code memoryBytes} may be: some of the largest blocks. */
  public static final long LEAST_MEMORY_BYTES = 64L << 20;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the option that is out of range
   */
  public StressPlan {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "threads is " + threads + "; it must be from 1 to " + MOST_THREADS);
    }
    if (memoryBytes < LEAST_MEMORY_BYTES) {
      throw new IllegalArgumentException(
          "memory is " + memoryBytes + "; it must be " + LEAST_MEMORY_BYTES + " or more");
    }
    requireTime("round", longestRound);
    requireTime("patience", patience);
  }

  static void requireTime(String name, Duration time) {
    if (time.toMillis() < 1) {
      throw new IllegalArgumentException(name + " is less than a millisecond");
    }
  }
}
