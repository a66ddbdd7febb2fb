package hak.store.file;

import hak.store.StoreCorruptException;
import java.util.function.IntPredicate;

/**
 * Which rows of a table are free: a bit for each, set when it is, and above them a bit for each
 * word of these that is not 0. The lowest is taken first, so what is allocated one after the other
 * lies side by side, also after rows came back in any order.
 *
 * <pre>
 *   words    bit b of word w: row 64 w + b is free           longs
 *   groups   bit b of group g: word 64 g + b is not 0        longs
 * </pre>
 *
 * <p>Used under the store's lock only.
 */
public final class FreeRows {
  /** There is no free row. */
  public static final int NONE = -1;

  private static final int SHIFT = 6;

  private final Region region;
  private final long words;
  private final long groups;
  private final int groupCount;
  private final int count;

  /** The bits of a table of so many rows, which begin there. */
  public FreeRows(Region region, long base, int count) {
    this.region = region;
    this.count = count;
    words = base;
    groups = base + (long) Long.BYTES * wordsFor(count);
    groupCount = wordsFor(wordsFor(count));
  }

  private static int wordsFor(int bits) {
    return (bits + Long.SIZE - 1) >>> SHIFT;
  }

  /** What the bits of so many rows take. */
  static long bytesFor(int count) {
    return (long) Long.BYTES * (wordsFor(count) + wordsFor(wordsFor(count)));
  }

  /**
   * The lowest free row, {@link #NONE} when there is none.
   *
   * @throws StoreCorruptException when the bits contradict each other
   */
  public int first() {
    for (int group = 0; group < groupCount; group++) {
      long marked = region.getLong(at(groups, group));
      if (marked != 0) {
        int word = (group << SHIFT) + Long.numberOfTrailingZeros(marked);
        long free = word < wordsFor(count) ? region.getLong(at(words, word)) : 0;
        int row = (word << SHIFT) + Long.numberOfTrailingZeros(free);
        if (free == 0 || row >= count) {
          throw new StoreCorruptException("word " + word + " of free rows is marked, not set");
        }
        return row;
      }
    }
    return NONE;
  }

  private static long at(long base, int word) {
    return base + (long) word * Long.BYTES;
  }

  /** Makes a row used. */
  public void take(int row) {
    if (set(words, row, false) == 0) {
      set(groups, row >>> SHIFT, false);
    }
  }

  /** Makes a row free. */
  public void give(int row) {
    set(words, row, true);
    set(groups, row >>> SHIFT, true);
  }

  /** Sets or clears a bit; returns its word as it is then. */
  private long set(long base, int bit, boolean value) {
    long at = at(base, bit >>> SHIFT);
    long before = region.getLong(at);
    long after = value ? before | 1L << bit : before & ~(1L << bit);
    region.putLong(at, after);
    return after;
  }

  /** Makes all rows used. */
  public void takeAll() {
    region.memory().asSlice(words, bytesFor(count)).fill((byte) 0);
  }

  /**
   * Compares each row with what it should be.
   *
   * @return how many are free
   * @throws StoreCorruptException when one differs
   */
  public int check(IntPredicate free) {
    int sum = 0;
    for (int word = 0; word < (groupCount << SHIFT); word++) {
      long bits = word < wordsFor(count) ? region.getLong(at(words, word)) : 0;
      boolean marked = (region.getLong(at(groups, word >>> SHIFT)) >>> word & 1) != 0;
      if (marked != (bits != 0)) {
        throw new StoreCorruptException("word " + word + " of free rows is marked wrongly");
      }
      sum += Long.bitCount(bits);
      for (int row = word << SHIFT; row < (word + 1) << SHIFT; row++) {
        boolean listed = (bits >>> row & 1) != 0;
        if (listed != (row < count && free.test(row))) {
          throw new StoreCorruptException("row " + row + " is listed wrongly as free or used");
        }
      }
    }
    return sum;
  }
}
