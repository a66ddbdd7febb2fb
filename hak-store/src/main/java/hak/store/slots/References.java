package hak.store.slots;

/**
 * How a count of references is written: with eight bits that follow from it, so that no flipped bit
 * makes it another count. A slip of one would have an object deleted that somebody needs.
 *
 * <pre>
 *   31    24 23                      0
 *   | check |          count          |
 * </pre>
 *
 * <p>The check is the top of the count's product with an odd number. A flipped bit of the count
 * changes the product by that number, shifted; no eight bits of it in a row are alike, so the top
 * changes whatever is carried. Neither a word of zeros nor one of ones is a count.
 */
final class References {
  /** The most that are counted. */
  static final int MOST = (1 << 24) - 1;

  /** What is no count. */
  static final int DAMAGED = -1;

  private static final int CHECK_SHIFT = 24;
  private static final int FACTOR = 0x9E3779B1;
  private static final int ZERO = 0x5A;

  private References() {}

  static int word(int count) {
    return count | (((count * FACTOR) >>> CHECK_SHIFT) ^ ZERO) << CHECK_SHIFT;
  }

  /** The count, {@link #DAMAGED} when the word is none. */
  static int count(int word) {
    int count = word & MOST;
    return word(count) == word ? count : DAMAGED;
  }
}
