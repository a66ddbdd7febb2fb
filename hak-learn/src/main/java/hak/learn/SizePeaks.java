package hak.learn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Counts the sizes of requests, and finds those that many requests have and no size class fits:
 * where a class of its own would save most.
 *
 * <pre>
 *   counts[i] = requests of (i - 1) * 16 + 1 .. i * 16 bytes;  counts[0] = of 0 bytes
 * </pre>
 *
 * <p>A peak is a count that no size within an eighth of the larger one exceeds, so that two peaks
 * never call for classes that lie closer together than those of four steps for each doubling do.
 *
 * <p>For one thread.
 */
public final class SizePeaks {
  /** Sizes are told apart in steps of so many bytes, which is what blocks are aligned to. */
  public static final int STEP_BYTES = 16;

  /** Two sizes are neighbours when they are no further apart than this part of the larger one. */
  private static final int NEIGHBOUR_PART = 8;

  private final long[] counts;
  private long total;

  /**
   * A size that deserves a class.
   *
   * @param sizeBytes the block size, a multiple of {@link #STEP_BYTES}
   * @param count the requests that such a block would serve, of this step alone
   * @param savedBytes what their blocks are shorter by than those they have now, together
   */
  public record Peak(int sizeBytes, long count, long savedBytes) {}

  /**
   * Begins with no request.
   *
   * @param largestBytes requests above this are left out; 16 or more
   * @throws IllegalArgumentException if it is less
   */
  public SizePeaks(int largestBytes) {
    Observation.require(largestBytes >= STEP_BYTES, "largestBytes", largestBytes, "16 or more");
    counts = new long[largestBytes / STEP_BYTES + 1];
  }

  /** Takes in a request; one below 0 or too large is left out. */
  public void add(long sizeBytes) {
    long step = (sizeBytes + STEP_BYTES - 1) / STEP_BYTES;
    if (sizeBytes >= 0 && step < counts.length) {
      counts[(int) step]++;
      total++;
    }
  }

  /** How many requests were taken in. */
  public long total() {
    return total;
  }

  /**
   * The peaks that a class of their own would save something.
   *
   * @param blockBytes from a size to the size of the block that serves it now, which is no smaller
   * @param leastShare the least share of all requests that a peak has, in [0, 1]
   * @return those that save most first
   * @throws IllegalArgumentException if the share is out of range
   */
  public List<Peak> find(IntUnaryOperator blockBytes, double leastShare) {
    Observation.require(Observation.isShare(leastShare), "leastShare", leastShare, "in [0, 1]");
    List<Peak> peaks = new ArrayList<>();
    for (int step = 1; step < counts.length; step++) {
      if (counts[step] > 0 && counts[step] >= leastShare * total && isHighest(step)) {
        int size = step * STEP_BYTES;
        long saved = counts[step] * (blockBytes.applyAsInt(size) - size);
        if (saved > 0) {
          peaks.add(new Peak(size, counts[step], saved));
        }
      }
    }
    peaks.sort(Comparator.comparingLong(Peak::savedBytes).reversed());
    return peaks;
  }

  /** Whether no neighbour has more; of equal ones the larger size is it, which serves both. */
  private boolean isHighest(int step) {
    for (int below = step - step / NEIGHBOUR_PART; below < step; below++) {
      if (below > 0 && counts[below] > counts[step]) {
        return false;
      }
    }
    for (int above = step + 1;
        above < counts.length && above - above / NEIGHBOUR_PART <= step;
        above++) {
      if (counts[above] >= counts[step]) {
        return false;
      }
    }
    return true;
  }
}
