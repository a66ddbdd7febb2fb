package hak.learn.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What thread caches of other capacities would have done with the same calls: all of them at once,
 * without a block.
 *
 * <pre>
 *   of each thread, size class and capacity:
 *   free      held &lt; room: taken in, held + 1      else refused, the tier gets it
 *   allocate  held &gt; 0:    a hit, held - 1         else the tier serves
 *   taken = hits + held, summed over the threads
 * </pre>
 *
 * <p>What a cache holds is a stack of blocks, and which blocks they are changes nothing; so a count
 * says all. Blocks that a cache adopts from a tier's list take no room and are not counted: an
 * allocation that gets one of those is one that the tier serves. (What a tier puts into a cache in
 * batches does take room there; it is left out here.) A block is freed into the cache of the thread
 * that frees it.
 *
 * <p>An event costs a few steps for each capacity, no Java heap once its thread is known. For one
 * thread; those of the calls are numbers.
 */
public final class CacheShadow {
  /** Most capacities at once. */
  public static final int MOST_CAPACITIES = 64;

  private final int[] blockBytes;
  private final int[] capacities;

  /** By class and capacity, as all arrays here; how many blocks a thread may hold. */
  private final int[] rooms;

  private final long[] hits;
  private final long[] taken;
  private final long[] peakHeld;

  private final long[] allocations;
  private final long[] frees;

  /** By capacity, of all classes and threads. */
  private final long[] heldBytes;

  private final long[] peakHeldBytes;

  /** By thread: what it holds. */
  private final List<int[]> held = new ArrayList<>();

  /** Of all threads. */
  private final long[] heldOfAll;

  /**
   * Begins with empty caches.
   *
   * @param blockBytes block size of each class; classes are numbered from 1, entry 0 is no class
   * @param bytesOfClass most bytes of a class that a thread holds, whatever the capacity
   * @param capacities in blocks, ascending; 0 is no cache
   * @throws IllegalArgumentException if there is no class or no capacity, or one is out of order
   */
  public CacheShadow(int[] blockBytes, long bytesOfClass, int... capacities) {
    if (blockBytes.length < 2 || capacities.length == 0 || capacities.length > MOST_CAPACITIES) {
      throw new IllegalArgumentException(
          blockBytes.length - 1 + " size classes, " + capacities.length + " capacities");
    }
    requireAscending(capacities);
    this.blockBytes = blockBytes.clone();
    this.capacities = capacities.clone();
    int cells = blockBytes.length * capacities.length;
    rooms = new int[cells];
    for (int sizeClass = 1; sizeClass < blockBytes.length; sizeClass++) {
      long byBytes = bytesOfClass / blockBytes[sizeClass];
      for (int k = 0; k < capacities.length; k++) {
        rooms[cell(sizeClass, k)] = (int) Math.min(capacities[k], byBytes);
      }
    }
    hits = new long[cells];
    taken = new long[cells];
    peakHeld = new long[cells];
    heldOfAll = new long[cells];
    allocations = new long[blockBytes.length];
    frees = new long[blockBytes.length];
    heldBytes = new long[capacities.length];
    peakHeldBytes = new long[capacities.length];
  }

  private static void requireAscending(int... capacities) {
    for (int k = 0; k < capacities.length; k++) {
      if (capacities[k] < 0 || (k > 0 && capacities[k] <= capacities[k - 1])) {
        throw new IllegalArgumentException(
            "capacities must ascend from 0 or more: " + Arrays.toString(capacities));
      }
    }
  }

  private int cell(int sizeClass, int k) {
    return sizeClass * capacities.length + k;
  }

  private int[] held(int thread) {
    while (held.size() <= thread) {
      held.add(new int[rooms.length]);
    }
    return held.get(thread);
  }

  /**
   * A thread allocates a block.
   *
   * @param thread from 0
   * @param sizeClass 0 = none, which changes nothing
   */
  public void allocate(int thread, int sizeClass) {
    if (sizeClass == 0) {
      return;
    }
    allocations[sizeClass]++;
    int[] mine = held(thread);
    int begin = cell(sizeClass, 0);
    for (int k = 0; k < capacities.length; k++) {
      int at = begin + k;
      if (mine[at] > 0) {
        mine[at]--;
        hits[at]++;
        heldOfAll[at]--;
        heldBytes[k] -= blockBytes[sizeClass];
      }
    }
  }

  /**
   * A thread frees a block.
   *
   * @param thread from 0
   * @param sizeClass 0 = none, which changes nothing
   */
  public void free(int thread, int sizeClass) {
    if (sizeClass == 0) {
      return;
    }
    frees[sizeClass]++;
    int[] mine = held(thread);
    int begin = cell(sizeClass, 0);
    for (int k = 0; k < capacities.length; k++) {
      int at = begin + k;
      if (mine[at] < rooms[at]) {
        mine[at]++;
        taken[at]++;
        heldOfAll[at]++;
        peakHeld[at] = Math.max(peakHeld[at], heldOfAll[at]);
        heldBytes[k] += blockBytes[sizeClass];
        peakHeldBytes[k] = Math.max(peakHeldBytes[k], heldBytes[k]);
      }
    }
  }

  /** How many capacities there are. */
  public int capacities() {
    return capacities.length;
  }

  /** A capacity, in blocks. */
  public int capacity(int k) {
    return capacities[k];
  }

  /** The number of the last size class. */
  public int lastClass() {
    return blockBytes.length - 1;
  }

  /** Bytes of a block of a class. */
  public int blockBytes(int sizeClass) {
    return blockBytes[sizeClass];
  }

  /** How many blocks of a class were allocated. */
  public long allocations(int sizeClass) {
    return allocations[sizeClass];
  }

  /** How many blocks of a class were freed. */
  public long frees(int sizeClass) {
    return frees[sizeClass];
  }

  /** How many allocations of a class a cache of a capacity would have served. */
  public long hits(int sizeClass, int k) {
    return hits[cell(sizeClass, k)];
  }

  /** How many frees of a class a cache of a capacity would have taken in. */
  public long taken(int sizeClass, int k) {
    return taken[cell(sizeClass, k)];
  }

  /** The most blocks of a class that the caches of all threads would have held together. */
  public long peakHeld(int sizeClass, int k) {
    return peakHeld[cell(sizeClass, k)];
  }

  /** What caches of one capacity would have done so far, of all classes and threads. */
  public CacheCounts counts(int k) {
    long hitsOfAll = 0;
    long takenOfAll = 0;
    for (int sizeClass = 1; sizeClass < blockBytes.length; sizeClass++) {
      hitsOfAll += hits[cell(sizeClass, k)];
      takenOfAll += taken[cell(sizeClass, k)];
    }
    return new CacheCounts(
        Arrays.stream(allocations).sum(), Arrays.stream(frees).sum(), hitsOfAll, takenOfAll);
  }

  /** The most bytes that the caches of one capacity would have held at a time. */
  public long peakHeldBytes(int k) {
    return peakHeldBytes[k];
  }
}
