package hak.learn.cache;

/**
 * What a cache did, or would have done.
 *
 * @param allocations blocks that were asked for
 * @param frees blocks that were given back
 * @param hits allocations that a block served which had been freed into the cache
 * @param taken frees that the cache took in; the others went to the tier
 */
public record CacheCounts(long allocations, long frees, long hits, long taken) {
  /** Nothing. */
  public static final CacheCounts NONE = new CacheCounts(0, 0, 0, 0);

  /** What came since then. */
  public CacheCounts since(CacheCounts earlier) {
    return new CacheCounts(
        allocations - earlier.allocations,
        frees - earlier.frees,
        hits - earlier.hits,
        taken - earlier.taken);
  }

  /** Allocations and frees. */
  public long calls() {
    return allocations + frees;
  }

  /** The share of allocations that hit, in [0, 1]; 0 without any. */
  public double hitRate() {
    return allocations == 0 ? 0 : (double) hits / allocations;
  }

  /** The share of frees that were taken in, in [0, 1]; 0 without any. */
  public double takenRate() {
    return frees == 0 ? 0 : (double) taken / frees;
  }
}
