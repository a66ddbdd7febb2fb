package hak.box.route;

import hak.core.memory.HandedLists;
import hak.learn.pattern.PatternLearner;
import hak.learn.pattern.SlabUse;
import java.util.function.ToIntFunction;

/**
 * What was done with the slabs of each class in a window, from what tiers hand over and from a look
 * at the slabs at its end.
 *
 * <pre>
 *   allocations = blocks that were handed over
 *   free hits   = those that had been used before
 *   frees       = allocations - what the blocks out of slabs grew by
 *   peak        = of a slab, the more of what was out at the two looks; of one that was given back,
 *                 what was ever carved of it
 * </pre>
 *
 * <p>So it is what passes the caches. Without one of those that is all; with one it is its misses,
 * and what it refuses. For one thread.
 */
final class ClassFlows {
  private final HandedLists lists;
  private final ToIntFunction<SlabLooks.Visitor> looks;
  private final int lastClass;

  /** By class: all so far, at the last window. */
  private final long[] out;

  private final long[] reused;
  private final long[] whole;
  private final long[] slabs;
  private final long[] live;
  private int stride;

  /** By class: of the window. */
  private final long[] allocations;

  private final long[] frees;

  /**
   * Begins.
   *
   * @param lists counts what is handed over
   * @param looks looks at the slabs, and says how many superslabs there are for each that it saw
   */
  ClassFlows(HandedLists lists, ToIntFunction<SlabLooks.Visitor> looks) {
    this.lists = lists;
    this.looks = looks;
    lastClass = lists.lastClass();
    out = new long[lastClass + 1];
    reused = new long[lastClass + 1];
    whole = new long[lastClass + 1];
    slabs = new long[lastClass + 1];
    live = new long[lastClass + 1];
    allocations = new long[lastClass + 1];
    frees = new long[lastClass + 1];
  }

  /** A window has ended: tells what was done with each slab. */
  void endWindow(PatternLearner patterns) {
    long[] now = new long[lastClass + 1];
    long[] blocks = new long[lastClass + 1];
    int times =
        looks.applyAsInt((sizeClass, capacity, usedBefore, used) -> {
          if (sizeClass <= lastClass) {
            now[sizeClass] += used;
            blocks[sizeClass] = capacity;
            double peak = (double) Math.max(usedBefore, used) / capacity;
            patterns.add(new SlabUse(sizeClass, 0, 0, 0, peak, (double) used / capacity, false));
          }
        });
    boolean isComparable = times == stride;
    stride = times;
    for (int sizeClass = 1; sizeClass <= lastClass; sizeClass++) {
      long grown = isComparable ? now[sizeClass] * times - live[sizeClass] : 0;
      live[sizeClass] = now[sizeClass] * times;
      tell(sizeClass, grown, blocks[sizeClass], patterns);
    }
  }

  private void tell(int sizeClass, long grown, long capacity, PatternLearner patterns) {
    long newOut = lists.out(sizeClass);
    long newReused = lists.reused(sizeClass);
    long newWhole = lists.whole(sizeClass);
    long newSlabs = lists.slabs(sizeClass);
    allocations[sizeClass] = newOut - out[sizeClass];
    frees[sizeClass] = Math.max(0, allocations[sizeClass] - grown);
    long hits = Math.min(allocations[sizeClass], newReused - reused[sizeClass]);
    long retired = newSlabs - slabs[sizeClass];
    long ofRetired = newWhole - whole[sizeClass];
    double peak =
        capacity == 0 || retired == 0
            ? 1
            : Math.min(1, (double) ofRetired / ((double) retired * capacity));
    for (long i = 0; i < retired; i++) {
      patterns.add(new SlabUse(sizeClass, 0, 0, 0, peak, 0, true));
    }
    patterns.addCalls(sizeClass, allocations[sizeClass], hits, frees[sizeClass]);
    out[sizeClass] = newOut;
    reused[sizeClass] = newReused;
    whole[sizeClass] = newWhole;
    slabs[sizeClass] = newSlabs;
  }

  /** Calls of a class that passed the caches in the window. */
  long calls(int sizeClass) {
    return allocations[sizeClass] + frees[sizeClass];
  }
}
