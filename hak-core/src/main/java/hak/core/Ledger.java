package hak.core;

import java.util.Locale;

/**
 * Where every committed byte of a stack is. The parts add up: {@code committed = live + slack +
 * cached + remote + free + purged + metadata}; {@link #isBalanced} says whether they do.
 *
 * @param liveBytes bytes of the blocks in user hands: blocks of a size class count whole, larger
 *     ones as asked for
 * @param slackBytes lost to geometry: tails of slabs, and page rounding of larger blocks
 * @param cachedBytes blocks in thread caches
 * @param remoteBytes blocks freed by other threads that their owner has not taken in yet, those
 *     included that the others still withhold
 * @param freeBytes free blocks, and free pages that have memory behind them
 * @param purgedBytes free pages without memory behind them
 * @param metadataBytes owner table, thread heaps, descriptors
 * @param committedBytes all that was made accessible
 * @param residentBytes bytes of {@code committed} that have memory behind them, as the system says;
 *     pages that were only read so far may count, pages that were swapped out do not
 * @param liveBlocks blocks in user hands
 */
public record Ledger(
    long liveBytes,
    long slackBytes,
    long cachedBytes,
    long remoteBytes,
    long freeBytes,
    long purgedBytes,
    long metadataBytes,
    long committedBytes,
    long residentBytes,
    long liveBlocks) {
  /** Whether the parts add up to {@link #committedBytes}. */
  public boolean isBalanced() {
    return liveBytes
            + slackBytes
            + cachedBytes
            + remoteBytes
            + freeBytes
            + purgedBytes
            + metadataBytes
        == committedBytes;
  }

  /** The equation, in bytes. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "committed %,d B %s live %,d (%,d blocks) + slack %,d + cached %,d + remote %,d + free %,d"
            + " + purged %,d + metadata %,d; resident %,d",
        committedBytes,
        isBalanced() ? "=" : "!=",
        liveBytes,
        liveBlocks,
        slackBytes,
        cachedBytes,
        remoteBytes,
        freeBytes,
        purgedBytes,
        metadataBytes,
        residentBytes);
  }
}
