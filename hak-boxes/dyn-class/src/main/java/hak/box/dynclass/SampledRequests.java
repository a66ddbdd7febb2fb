package hak.box.dynclass;

import hak.learn.SizeHistogram;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/**
 * The requests that an observer looked at, round by round: a round ends with the first window after
 * which it has enough of them. Counters are read while threads count: a round may have a little of
 * the next. For one thread.
 */
final class SampledRequests {
  private final Supplier<Optional<AtomicLongArray>> counted;
  private final long least;
  private final SizeHistogram round;
  private final long[] before;

  /**
   * Begins.
   *
   * @param counted by size, in steps of a {@link SizeHistogram}
   * @param largestBytes requests above this are left out
   * @param least how many requests a round has at least
   */
  SampledRequests(Supplier<Optional<AtomicLongArray>> counted, int largestBytes, long least) {
    this.counted = counted;
    this.least = least;
    round = new SizeHistogram(largestBytes);
    before = new long[round.steps()];
  }

  /** A window has ended; whether the round has, too. */
  boolean look() {
    if (round.total() >= least) {
      round.clear();
    }
    AtomicLongArray counts = counted.get().orElse(null);
    if (counts != null) {
      for (int step = 0; step < Math.min(before.length, counts.length()); step++) {
        long count = counts.get(step);
        round.add(step, count - before[step]);
        before[step] = count;
      }
    }
    return round.total() >= least;
  }

  /** The requests of the round, until the next look. */
  SizeHistogram round() {
    return round;
  }
}
