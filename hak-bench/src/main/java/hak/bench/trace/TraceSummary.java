package hak.bench.trace;

import java.util.List;

/**
 * What a trace is like.
 *
 * @param events calls
 * @param mallocs those that allocate
 * @param callocs those that allocate zeroed memory
 * @param aligned those that allocate at a multiple of a given alignment
 * @param frees those that free
 * @param reallocs those that change a size
 * @param bytes all bytes that were asked for; of a reallocation, its new size
 * @param peakBytes most bytes alive at once, as asked for
 * @param peakBlocks most blocks alive at once
 * @param peakEvent the event after which most bytes were alive, from 0
 * @param leftBlocks blocks that are alive after the last event
 * @param leftBytes their bytes
 * @param foreignFrees ends of blocks (frees and reallocations) that another thread had allocated
 * @param sizes requests by size
 * @param lifetimes ended blocks by the number of events between allocation and end
 * @param threads by number; those that made no call are left out
 * @param liveBytes most bytes alive over time, in stretches of the same number of events; the last
 *     one may be shorter
 * @param liveBlocks most blocks alive in the same stretches
 */
public record TraceSummary(
    long events,
    long mallocs,
    long callocs,
    long aligned,
    long frees,
    long reallocs,
    long bytes,
    long peakBytes,
    long peakBlocks,
    long peakEvent,
    long leftBlocks,
    long leftBytes,
    long foreignFrees,
    List<Range> sizes,
    List<Range> lifetimes,
    List<ThreadShare> threads,
    List<Long> liveBytes,
    List<Long> liveBlocks) {

  /**
   * How many fall between two powers of two.
   *
   * @param least the least value
   * @param most the largest value
   * @param count how many
   * @param bytes the sum of their sizes
   */
  public record Range(long least, long most, long count, long bytes) {}

  /**
   * What one thread did.
   *
   * @param thread its number
   * @param allocations blocks it allocated, by reallocation too
   * @param ends blocks it ended, by reallocation too
   * @param foreignEnds those of them that another thread had allocated
   */
  public record ThreadShare(long thread, long allocations, long ends, long foreignEnds) {}

  /** Ends of blocks: frees and reallocations. */
  public long ends() {
    return frees + reallocs;
  }
}
