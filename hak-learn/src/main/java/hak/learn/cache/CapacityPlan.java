package hak.learn.cache;

import hak.learn.WaterFilling;
import hak.learn.WaterFilling.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A capacity for each size class, within a budget of bytes: where a byte held would have served
 * most allocations. Water filling over the curves of a {@link CacheShadow}.
 *
 * @param levels the numbers of the capacities in the shadow, by class; entry 0 is no class
 * @param hits allocations that would have been served
 * @param heldBytes the sum of what each class would have held at most: never less than what all
 *     held at a time
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record CapacityPlan(int[] levels, long hits, long heldBytes) {
  /**
   * How many allocations a block must have served that is held at the peak; with fewer it is left
   * to the tier, whose neighbours a long list would scatter.
   */
  public static final int LEAST_HITS = 16;

  /**
   * Makes one.
   *
   * @param shadow that has seen the calls; its first capacity is 0
   * @param budgetBytes what the caches of all threads may hold, 0 or more
   * @throws IllegalArgumentException if the first capacity is another, or the budget below 0
   */
  public static CapacityPlan of(CacheShadow shadow, long budgetBytes) {
    if (shadow.capacity(0) != 0) {
      throw new IllegalArgumentException("the first capacity is " + shadow.capacity(0) + ", not 0");
    }
    List<List<Level>> vessels =
        IntStream.rangeClosed(1, shadow.lastClass()).mapToObj(c -> curve(shadow, c)).toList();
    int[] chosen = WaterFilling.levels(budgetBytes, vessels);
    int[] levels = new int[shadow.lastClass() + 1];
    long hits = 0;
    long heldBytes = 0;
    for (int sizeClass = 1; sizeClass < levels.length; sizeClass++) {
      int k = chosen[sizeClass - 1];
      levels[sizeClass] = k;
      hits += shadow.hits(sizeClass, k);
      heldBytes += heldBytes(shadow, sizeClass, k);
    }
    assert heldBytes <= budgetBytes : heldBytes + " of " + budgetBytes;
    return new CapacityPlan(levels, hits, heldBytes);
  }

  private static List<Level> curve(CacheShadow shadow, int sizeClass) {
    List<Level> levels = new ArrayList<>();
    for (int k = 0; k < shadow.capacities(); k++) {
      double worth =
          shadow.hits(sizeClass, k) - (double) LEAST_HITS * shadow.peakHeld(sizeClass, k);
      levels.add(new Level(heldBytes(shadow, sizeClass, k), worth));
    }
    return levels;
  }

  private static long heldBytes(CacheShadow shadow, int sizeClass, int k) {
    return shadow.peakHeld(sizeClass, k) * shadow.blockBytes(sizeClass);
  }
}
