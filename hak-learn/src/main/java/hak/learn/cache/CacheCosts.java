package hak.learn.cache;

/**
 * What calls take, by what a cache does with them, in parts of what a call takes where there is no
 * cache: so a cost can be given to caches that were never run.
 *
 * @param hit an allocation that a block in the cache serves
 * @param miss an allocation that the tier serves, through the cache
 * @param taken a free that the cache takes in
 * @param refused a free that the cache was asked for and the tier got
 */
public record CacheCosts(double hit, double miss, double taken, double refused) {
  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if one is not above 0 and finite
   */
  public CacheCosts {
    for (double cost : new double[] {hit, miss, taken, refused}) {
      if (!(cost > 0 && cost < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a call costs " + cost + "; it must be above 0");
      }
    }
  }

  /**
   * What all calls take.
   *
   * @param capacity of the cache, in blocks; 0 = there is none
   */
  public double of(CacheCounts counts, int capacity) {
    if (capacity == 0) {
      return counts.calls();
    }
    return counts.hits() * hit
        + (counts.allocations() - counts.hits()) * miss
        + counts.taken() * taken
        + (counts.frees() - counts.taken()) * refused;
  }
}
