package hak.big;

/**
 * Whether a program fills its blocks, by their length in powers of two. A huge page costs 2 MiB of
 * zeros where its first byte is written: for a block that is filled that is less than its small
 * pages cost one by one, for a block of which little is written it is a thousand times as much. Not
 * synchronised; {@link BigTier} holds its lock around every call.
 *
 * <p>For each length a balance: one more for a block that was filled, one less for one that was
 * not, within bounds, so that a change of habits shows after a few blocks. Where it is 0 the next
 * longer length with another one decides: of two blocks of one habit the longer one shows it
 * better. What nobody has seen is taken for filled.
 */
final class FillHistory {
  private static final int BOUND = 4;

  private final byte[] balance = new byte[Long.SIZE];

  private static int lengthOf(long bytes) {
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(bytes);
  }

  /** Takes note of a block. */
  void note(long bytes, boolean isFilled) {
    int length = lengthOf(bytes);
    int changed = balance[length] + (isFilled ? 1 : -1);
    balance[length] = (byte) Math.clamp(changed, -BOUND, BOUND);
  }

  /** Whether a block of this length will be filled, as far as is known. */
  boolean saysFilled(long bytes) {
    int length = lengthOf(bytes);
    while (length < balance.length - 1 && balance[length] == 0) {
      length++;
    }
    return balance[length] >= 0;
  }
}
