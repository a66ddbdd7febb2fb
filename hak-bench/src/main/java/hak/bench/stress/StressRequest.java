package hak.bench.stress;

import hak.bench.Progress;
import hak.core.spi.Profile;
import java.time.Duration;
import java.util.List;

/**
 * What {@link Stress} is to do.
 *
 * @param profiles the stacks, in turn
 * @param limit how long rounds are begun; null if their number is given
 * @param rounds how many rounds; ignored if a time is given
 * @param threads platform threads that live as long as a round, 1 or more
 * @param seed of the first round; each further round has the next
 * @param closeRaces whether every other round is closed while it is used
 * @param memoryBytes most bytes in live blocks
 * @param longestRound most time that threads work in a round
 * @param patience a thread that stands still for so long hangs
 * @param progress told about every round
 * @param heapCheck applied to the stack at a quiet end
 */
public record StressRequest(
    List<Profile> profiles,
    Duration limit,
    int rounds,
    int threads,
    long seed,
    boolean closeRaces,
    long memoryBytes,
    Duration longestRound,
    Duration patience,
    Progress progress,
    HeapCheck heapCheck) {
  /** Most bytes in live blocks when nothing else is asked for. */
  public static final long DEFAULT_MEMORY_BYTES = 512L << 20;

  /** Least that {@code memoryBytes} may be: some of the largest blocks. */
  public static final long LEAST_MEMORY_BYTES = 64L << 20;

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if a number is out of range or there is no profile
   */
  public StressRequest {
    profiles = List.copyOf(profiles);
    if (profiles.isEmpty()) {
      throw new IllegalArgumentException("no profile");
    }
    if (limit == null) {
      requireAtLeast("rounds", rounds, 1);
    } else {
      requireAtLeast("limit in ms", limit.toMillis(), 1);
    }
    requireAtLeast("threads", threads, 1);
    requireAtLeast("memory", memoryBytes, LEAST_MEMORY_BYTES);
    requireAtLeast("longest round in ms", longestRound.toMillis(), 1);
    requireAtLeast("patience in ms", patience.toMillis(), 1);
  }

  private static void requireAtLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least " + least);
    }
  }
}
