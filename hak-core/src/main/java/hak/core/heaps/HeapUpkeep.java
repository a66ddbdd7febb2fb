package hak.core.heaps;

import hak.core.inside.Boxes;
import hak.core.memory.SizeClasses;
import hak.core.spi.SizeTier;
import hak.core.spi.ThreadCache;

/**
 * What is done to a whole thread heap by whoever holds it: every box in turn. Needs {@link
 * hak.core.memory.StackRoom#forCall} and no Java heap.
 *
 * <p>A block is out of its cache before its tier takes it, so what a tier throws here would lose
 * it: tiers throw only when they have no room on the stack.
 *
 * @param tierOfClass the tier that serves each size class, by number
 */
@SuppressWarnings("ArrayRecordComponent") // never handed out, never compared
public record HeapUpkeep(
    SizeClasses sizeClasses, ThreadCache[] caches, SizeTier[] tiers, SizeTier[] tierOfClass) {
  /** With these boxes. */
  public static HeapUpkeep of(Boxes boxes, SizeClasses sizeClasses) {
    return new HeapUpkeep(
        sizeClasses,
        boxes.of(ThreadCache.class).toArray(new ThreadCache[0]),
        boxes.of(SizeTier.class).toArray(new SizeTier[0]),
        boxes.tierOfClass(sizeClasses.last()));
  }

  /** How many boxes keep state in a heap. */
  int boxCount() {
    return caches.length + tiers.length;
  }

  /** Prepares the state of every box in a heap that is zero. */
  void open(int heap) {
    for (int box = 0; box < boxCount(); box++) {
      openBox(heap, box);
    }
  }

  /** Prepares the state of one box, by number. */
  void openBox(int heap, int box) {
    if (box < caches.length) {
      caches[box].open(heap);
    } else {
      tiers[box - caches.length].open(heap);
    }
  }

  /** Says that a heap which was opened is ready. */
  void opened(int heap) {
    for (ThreadCache cache : caches) {
      cache.opened(heap);
    }
  }

  /**
   * Gives every cached block of a heap back to its tier, and what that withholds of other heaps to
   * those. Of several heaps all are emptied before the slabs of any are retired: a cache may hold
   * blocks of another heap's slabs.
   */
  void emptyCaches(int heap) {
    for (int sizeClass = 1; sizeClass <= sizeClasses.last(); sizeClass++) {
      SizeTier tier = tierOfClass[sizeClass];
      for (ThreadCache cache : caches) {
        for (int block = cache.pop(heap, sizeClass);
            block != 0;
            block = cache.pop(heap, sizeClass)) {
          tier.release(heap, sizeClass, block);
        }
      }
    }
    for (SizeTier tier : tiers) {
      tier.handOverWithheld(heap);
    }
  }

  /** Takes in what other threads freed; whether there was anything. */
  boolean drain(int heap) {
    boolean any = false;
    for (SizeTier tier : tiers) {
      any |= tier.drain(heap);
    }
    return any;
  }

  /** Gives back the slabs of a heap that hold no block. */
  void retire(int heap) {
    for (SizeTier tier : tiers) {
      tier.retire(heap);
    }
  }

  /** Gives the memory of free blocks of a heap back, or of those of none, to the system. */
  void giveBack(int heap) {
    for (SizeTier tier : tiers) {
      tier.giveBack(heap);
    }
  }
}
