package hak.mid;

import hak.core.spi.BoxContext;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What misses of the tier came to, for learners: counted where a slab is claimed or given back or a
 * larger class serves, never where a block is at hand.
 *
 * <pre>
 *   claimed - released = bytes in slabs of the tier
 * </pre>
 *
 * @param claimedBytes slabs that were claimed
 * @param releasedBytes slabs that were given back
 * @param lentBlocks blocks of a larger class that served a smaller one
 */
record Claims(AtomicLong claimedBytes, AtomicLong releasedBytes, AtomicLong lentBlocks) {
  static Claims of(BoxContext context) {
    return new Claims(
        context.counter("claimed-bytes"),
        context.counter("released-bytes"),
        context.counter("lent-blocks"));
  }
}
