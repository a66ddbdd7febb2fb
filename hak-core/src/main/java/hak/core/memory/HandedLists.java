package hak.core.memory;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many blocks a tier took out of slabs as lists, by size class, and how many came back to it.
 *
 * <pre>
 *   out    = blocks in lists that were taken: those that were carved, and
 *   reused = those that had been used before
 *   whole  = blocks of slabs that were given back whole
 *   back   = reused + whole
 * </pre>
 *
 * <p>What a thread cache serves again is in neither. So without a cache {@code out} is all
 * allocations, and {@code back}, but for what nobody has wanted since, all frees; with one they are
 * its misses, and the frees that it refuses. Counted where lists move, so no hit pays for it.
 *
 * <p>Any thread, no lock: heaps count in {@value #STRIPES} stripes, so that they seldom meet.
 */
public final class HandedLists {
  private static final int STRIPES = 16;
  private static final int STRIPE_SHIFT = 28;
  private static final int MIX = 0x9E37_79B9;
  private static final int KINDS = 4;
  private static final int CARVED = 0;
  private static final int REUSED = 1;
  private static final int WHOLE = 2;
  private static final int SLABS = 3;

  /** Counters of a stripe are a multiple of this: a cache line. */
  private static final int LINE = 8;

  private final int lastClass;
  private final int stripe;

  /** By stripe, then class, then kind. */
  private final AtomicLongArray counters;

  /** Nothing yet; for classes up to this one. */
  public HandedLists(int lastClass) {
    this.lastClass = lastClass;
    stripe = (int) Round.up((long) KINDS * (lastClass + 1), LINE);
    counters = new AtomicLongArray(STRIPES * stripe);
  }

  /** A list of blocks of a class is taken, for a heap. */
  public void take(int heap, int sizeClass, int blocks, boolean usedBefore) {
    counters.getAndAdd(at(heap, sizeClass) + (usedBefore ? REUSED : CARVED), blocks);
  }

  /** A slab is given back of which so many blocks had been taken. */
  public void release(int heap, int sizeClass, int blocks) {
    int at = at(heap, sizeClass);
    counters.getAndAdd(at + WHOLE, blocks);
    counters.getAndIncrement(at + SLABS);
  }

  private int at(int heap, int sizeClass) {
    return ((heap * MIX) >>> STRIPE_SHIFT) * stripe + KINDS * sizeClass;
  }

  /** The number of the last size class. */
  public int lastClass() {
    return lastClass;
  }

  /** How many blocks of a class were taken. */
  public long out(int sizeClass) {
    return sum(KINDS * sizeClass + CARVED) + reused(sizeClass);
  }

  /** How many blocks of a class came back. */
  public long back(int sizeClass) {
    return reused(sizeClass) + whole(sizeClass);
  }

  /** How many blocks of a class were taken that had been used before. */
  public long reused(int sizeClass) {
    return sum(KINDS * sizeClass + REUSED);
  }

  /** How many blocks the slabs had together that were given back whole. */
  public long whole(int sizeClass) {
    return sum(KINDS * sizeClass + WHOLE);
  }

  /** How many slabs of a class were given back. */
  public long slabs(int sizeClass) {
    return sum(KINDS * sizeClass + SLABS);
  }

  private long sum(int counter) {
    long sum = 0;
    for (int at = counter; at < counters.length(); at += stripe) {
      sum += counters.get(at);
    }
    return sum;
  }
}
