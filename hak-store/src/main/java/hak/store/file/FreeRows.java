package hak.store.file;

import hak.store.StoreCorruptException;
import java.util.function.IntPredicate;

/**
 * Which rows of a table are free: a bit for each, set when it is, and above them levels of bits
 * that say which words of the level below are not 0, up to a level of one word. The lowest is taken
 * first, so what is allocated one after the other lies side by side, also after rows came back in
 * any order.
 *
 * <pre>
 *   level 0      bit b of word w: row 64 w + b is free                         longs
 *   level n + 1  bit b of word w: word 64 w + b of level n is not 0            longs
 * </pre>
 *
 * <p>Each call reads and writes one word of each level at most: four for a million rows.
 *
 * <p>Used under the store's lock only.
 */
public final class FreeRows {
  /** There is no free row. */
  public static final int NONE = -1;

  private static final int SHIFT = 6;

  private final Region region;
  private final int count;

  /** Where each level begins, and behind them where they end. */
  private final long[] levels;

  /** How many words each level has. */
  private final int[] words;

  /** The bits of a table of so many rows, which begin there. */
  public FreeRows(Region region, long base, int count) {
    this.region = region;
    this.count = count;
    levels = new long[levelsFor(count) + 1];
    words = new int[levels.length - 1];
    levels[0] = base;
    int bits = count;
    for (int level = 0; level < words.length; level++) {
      bits = wordsFor(bits);
      words[level] = bits;
      levels[level + 1] = levels[level] + (long) Long.BYTES * bits;
    }
  }

  private static int wordsFor(int bits) {
    return (bits + Long.SIZE - 1) >>> SHIFT;
  }

  private static int levelsFor(int count) {
    int levels = 1;
    for (int words = wordsFor(count); words > 1; words = wordsFor(words)) {
      levels++;
    }
    return levels;
  }

  /** What the bits of so many rows take. */
  static long bytesFor(int count) {
    int words = wordsFor(count);
    long sum = words;
    while (words > 1) {
      words = wordsFor(words);
      sum += words;
    }
    return Long.BYTES * sum;
  }

  private int levelCount() {
    return words.length;
  }

  private long at(int level, int word) {
    return levels[level] + (long) word * Long.BYTES;
  }

  /**
   * The lowest free row, {@link #NONE} when there is none.
   *
   * @throws StoreCorruptException when the bits contradict each other
   */
  public int first() {
    int word = firstWord();
    return word == NONE ? NONE : row(word, region.getLong(at(0, word)));
  }

  /** The lowest free row, which is used from now on; as {@link #first}. */
  public int takeFirst() {
    int word = firstWord();
    if (word == NONE) {
      return NONE;
    }
    long bits = region.getLong(at(0, word));
    int row = row(word, bits);
    long left = bits & bits - 1;
    region.putLong(at(0, word), left);
    if (left == 0) {
      clear(1, word);
    }
    return row;
  }

  /** The lowest word of level 0 that is not 0 as the levels above say. */
  private int firstWord() {
    int top = levelCount() - 1;
    if (region.getLong(levels[top]) == 0) {
      return NONE;
    }
    int at = 0;
    for (int level = top; level > 0; level--) {
      at = (at << SHIFT) + Long.numberOfTrailingZeros(marked(at, region.getLong(at(level, at))));
      if (at >= words[level - 1]) {
        throw new StoreCorruptException("word " + at + " of free rows is marked, not there");
      }
    }
    return at;
  }

  private int row(int word, long bits) {
    int row = (word << SHIFT) + Long.numberOfTrailingZeros(marked(word, bits));
    if (row >= count) {
      throw new StoreCorruptException("row " + row + " of " + count + " is listed as free");
    }
    return row;
  }

  private static long marked(int word, long bits) {
    if (bits == 0) {
      throw new StoreCorruptException("word " + word + " of free rows is marked, not set");
    }
    return bits;
  }

  /** Makes a row used. */
  public void take(int row) {
    clear(0, row);
  }

  /** Takes a bit off a level, and where a word becomes 0, its bit off the level above. */
  private void clear(int from, int first) {
    int bit = first;
    for (int level = from; level < levelCount(); level++) {
      long at = at(level, bit >>> SHIFT);
      long left = region.getLong(at) & ~(1L << bit);
      region.putLong(at, left);
      if (left != 0) {
        return;
      }
      bit >>>= SHIFT;
    }
  }

  /** Makes a row free. */
  public void give(int row) {
    int bit = row;
    for (int level = 0; level < levelCount(); level++) {
      long at = at(level, bit >>> SHIFT);
      long before = region.getLong(at);
      region.putLong(at, before | 1L << bit);
      if (before != 0) {
        return;
      }
      bit >>>= SHIFT;
    }
  }

  /** Whether a row is listed as free, whatever the marks above say. */
  public boolean isFree(int row) {
    return (region.getLong(at(0, row >>> SHIFT)) >>> row & 1) != 0;
  }

  /** Makes all rows used. */
  public void takeAll() {
    region.memory().asSlice(levels[0], bytesFor(count)).fill((byte) 0);
  }

  /**
   * Compares each row with what it should be.
   *
   * @return how many are free
   * @throws StoreCorruptException when one differs
   */
  public int check(IntPredicate free) {
    int sum = 0;
    for (int word = 0; word < words[0]; word++) {
      long bits = region.getLong(at(0, word));
      sum += Long.bitCount(bits);
      for (int row = word << SHIFT; row < (word + 1) << SHIFT; row++) {
        boolean listed = (bits >>> row & 1) != 0;
        if (listed != (row < count && free.test(row))) {
          throw new StoreCorruptException("row " + row + " is listed wrongly as free or used");
        }
      }
    }
    for (int level = 1; level < levelCount(); level++) {
      checkMarks(level);
    }
    return sum;
  }

  private void checkMarks(int level) {
    for (int below = 0; below < words[level] << SHIFT; below++) {
      boolean marked = (region.getLong(at(level, below >>> SHIFT)) >>> below & 1) != 0;
      boolean set = below < words[level - 1] && region.getLong(at(level - 1, below)) != 0;
      if (marked != set) {
        throw new StoreCorruptException("word " + below + " of free rows is marked wrongly");
      }
    }
  }
}
