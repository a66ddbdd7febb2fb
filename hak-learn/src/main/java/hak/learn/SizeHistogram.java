package hak.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Requests by size, and the block sizes that should be added to those there are: where most bytes
 * would be saved that blocks are longer than what was asked for.
 *
 * <pre>
 *   counts[i] = requests of (i - 1) * 16 + 1 .. i * 16 bytes;  counts[0] = of 0 bytes
 *   saved(s)  = (block(s) - s) * requests above the next smaller block size, up to s
 * </pre>
 *
 * <p>Unlike {@link SizePeaks} it sees sizes that lie near each other as well as one that many
 * requests have: a block size serves all requests between the one below it and itself. All sizes
 * are looked at, so the first one added is the best there is; the next is the best beside it. Both
 * together need not be the best two where they lie between the same two block sizes.
 *
 * <p>For one thread.
 */
public final class SizeHistogram {
  /** Sizes are told apart in steps of so many bytes, which is what blocks are aligned to. */
  public static final int STEP_BYTES = SizePeaks.STEP_BYTES;

  private final long[] counts;
  private long total;

  /**
   * Begins with no request.
   *
   * @param largestBytes requests above this are left out; 16 or more
   * @throws IllegalArgumentException if it is less
   */
  public SizeHistogram(int largestBytes) {
    Observation.require(largestBytes >= STEP_BYTES, "largestBytes", largestBytes, "16 or more");
    counts = new long[largestBytes / STEP_BYTES + 1];
  }

  /** How many steps there are, from that of 0 bytes on. */
  public int steps() {
    return counts.length;
  }

  /** The step of a size; those from {@link #steps} on are too large. */
  public static long stepOf(long sizeBytes) {
    return (sizeBytes + STEP_BYTES - 1) / STEP_BYTES;
  }

  /**
   * Takes in requests of one step; a number that is not above 0 is left out.
   *
   * @param step from 0, below {@link #steps}
   */
  public void add(int step, long count) {
    if (count > 0) {
      counts[step] += count;
      total += count;
    }
  }

  /** Takes in what another one with as many steps has. */
  public void addAll(SizeHistogram other) {
    for (int step = 0; step < counts.length; step++) {
      add(step, other.counts[step]);
    }
  }

  /** No request from now on. */
  public void clear() {
    Arrays.fill(counts, 0);
    total = 0;
  }

  /** How many requests were taken in. */
  public long total() {
    return total;
  }

  /** How many requests were for more than one size, up to another one, both multiples of 16. */
  public long requests(int aboveBytes, int upToBytes) {
    long sum = 0;
    for (int step = aboveBytes / STEP_BYTES + 1; step <= upToBytes / STEP_BYTES; step++) {
      sum += counts[step];
    }
    return sum;
  }

  /**
   * What the blocks of all requests take together, in bytes.
   *
   * @param blockBytes from a size to the size of the block that serves it
   */
  public long bytes(IntUnaryOperator blockBytes) {
    long sum = 0;
    for (int step = 0; step < counts.length; step++) {
      if (counts[step] > 0) {
        sum += counts[step] * blockBytes.applyAsInt(step * STEP_BYTES);
      }
    }
    return sum;
  }

  /** The blocks that serve sizes when there are more of them than those of {@code blockBytes}. */
  public static IntUnaryOperator with(List<Integer> added, IntUnaryOperator blockBytes) {
    return size -> {
      int bytes = blockBytes.applyAsInt(size);
      for (int each : added) {
        if (each >= size && each < bytes) {
          bytes = each;
        }
      }
      return bytes;
    };
  }

  /**
   * Block sizes to add, each the one that saves most when those before it are there.
   *
   * @param blockBytes from a size to the size of the block that serves it now, which is no smaller
   *     and does not fall
   * @param aboveBytes those added are larger
   * @param most how many are added at most
   * @param leastGain what each saves at least of the bytes of all blocks, in [0, 1]
   * @return ascending; mostly none
   * @throws IllegalArgumentException if the gain is out of range
   */
  public List<Integer> best(
      IntUnaryOperator blockBytes, int aboveBytes, int most, double leastGain) {
    Observation.require(Observation.isShare(leastGain), "leastGain", leastGain, "in [0, 1]");
    double least = Math.max(1, leastGain * bytes(blockBytes));
    List<Integer> added = new ArrayList<>();
    while (added.size() < most) {
      int next = bestOne(with(added, blockBytes), aboveBytes, least);
      if (next == 0) {
        break;
      }
      added.add(next);
    }
    added.sort(null);
    return added;
  }

  /** The one that saves most; 0 if none saves enough. */
  private int bestOne(IntUnaryOperator blockBytes, int aboveBytes, double least) {
    int best = 0;
    double most = 0;
    long served = 0;
    int block = -1;
    for (int step = 0; step < counts.length; step++) {
      int size = step * STEP_BYTES;
      int now = blockBytes.applyAsInt(size);
      if (now != block) {
        block = now;
        served = 0;
      }
      served += counts[step];
      double saved = (double) served * (now - size);
      if (size > aboveBytes && saved >= least && saved > most) {
        best = size;
        most = saved;
      }
    }
    return best;
  }
}
