package hak.learn.pattern;

/**
 * What was done with one slab since it was last told about. It is told when the slab retires, and
 * of one in use at the end of each window.
 *
 * @param sizeClass whose blocks it has, from 1
 * @param allocations how many of its blocks were handed out
 * @param freeHits how many of those had been used and freed before; the others were carved
 * @param frees how many of its blocks were given back
 * @param peak the share of its blocks that were in use at most, in [0, 1]
 * @param utilisation the share of its blocks that are in use now, up to {@code peak}
 * @param retired whether it was given back
 */
public record SlabUse(
    int sizeClass,
    long allocations,
    long freeHits,
    long frees,
    double peak,
    double utilisation,
    boolean retired) {
  /** Sums of a few windows of all slabs do not overflow. */
  private static final long MOST_CALLS = 1L << 40;

  /** Whether it can have happened to one of so many classes. */
  boolean isPossible(int lastClass) {
    return sizeClass >= 1
        && sizeClass <= lastClass
        && freeHits >= 0
        && freeHits <= allocations
        && allocations <= MOST_CALLS
        && frees >= 0
        && frees <= MOST_CALLS
        && utilisation >= 0 // false for NaN
        && utilisation <= peak
        && peak <= 1;
  }
}
