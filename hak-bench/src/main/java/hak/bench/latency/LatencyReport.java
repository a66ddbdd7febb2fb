package hak.bench.latency;

import java.util.List;

/**
 * What {@link Latency} found. Times are nanoseconds of one call, those of {@link Times} less what
 * reading the clock took ({@link Run#clockNanos}), 0 at least.
 *
 * @param profile the name of the profile
 * @param jdk version and name of the JVM
 * @param trimmed whether all free memory was given back before each round
 * @param runs one for each workload, in order
 */
public record LatencyReport(String profile, String jdk, boolean trimmed, List<Run> runs) {
  /** Copies the list. */
  public LatencyReport {
    runs = List.copyOf(runs);
  }

  /**
   * One workload.
   *
   * @param workload its name
   * @param threads threads that replayed it at the same time
   * @param rounds rounds, all calls of which are in the figures
   * @param clockNanos median of the time between two readings of the clock with nothing between
   * @param nothing the same loop with no allocator: what the clock and the machine do
   * @param bands by operation and range of sizes; what was never called is left out
   * @param classes by operation and size class, in powers of two above the largest class
   * @param worst the slowest calls, the slowest first
   */
  public record Run(
      String workload,
      int threads,
      int rounds,
      long clockNanos,
      Times nothing,
      List<Times> bands,
      List<Times> classes,
      List<SlowCall> worst) {
    /** Copies the lists. */
    public Run {
      bands = List.copyOf(bands);
      classes = List.copyOf(classes);
      worst = List.copyOf(worst);
    }
  }

  /**
   * The times of many calls, each to 1 % exact.
   *
   * @param operation malloc, calloc, aligned, free or realloc; any
   * @param mostBytes the largest block among them, as its size class has it; {@link Long#MAX_VALUE}
   *     of a range without end. Of a free it is the block's, of a realloc the new one's
   * @param calls how many
   * @param p50 half of them took no longer
   * @param p90 nine of ten took no longer
   * @param p99 of a hundred one took longer
   * @param p999 of a thousand one took longer
   * @param p9999 of ten thousand one took longer
   * @param longest the longest
   */
  public record Times(
      String operation,
      long mostBytes,
      long calls,
      long p50,
      long p90,
      long p99,
      long p999,
      long p9999,
      long longest) {}

  /**
   * A call that was slow in every round.
   *
   * @param operation malloc, calloc, aligned, free or realloc
   * @param mostBytes bytes of the blocks of its size class
   * @param thread the thread of the program, from 0
   * @param event its place in what that thread does, from 0
   * @param nanos its least time over the rounds, less the clock
   * @param cause what changed during the same call of one more round
   */
  public record SlowCall(
      String operation, long mostBytes, int thread, int event, long nanos, Cause cause) {}

  /**
   * What changed from just before a call to just after it: in the calling thread, and in the stack,
   * where with several threads the work of the others counts too.
   *
   * @param systemCalls of the stack
   * @param pageFaults of the thread
   * @param waits how often the thread waited
   * @param interruptions how often the system took the processor from the thread
   * @param committedBytes by how much the stack grew
   * @param claimedPages pages of 64 KiB that became blocks, or a larger block; less than 0, that
   *     became free
   * @param cachedBytes bytes that came into the thread caches
   * @param remoteBytes bytes of blocks freed by other threads that wait to be taken in
   * @param purgedBytes bytes of free memory given back to the system
   * @param inCaches whether the call did no more to the caches than take its block, or put it there
   */
  public record Cause(
      long systemCalls,
      long pageFaults,
      long waits,
      long interruptions,
      long committedBytes,
      long claimedPages,
      long cachedBytes,
      long remoteBytes,
      long purgedBytes,
      boolean inCaches) {}
}
