package hak.box.wmax;

import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * What the middle tier cost in a round, in MiB-seconds, from what it counts where a class had no
 * block at hand.
 *
 * <pre>
 *   cost  = seconds * held + worth * claimed
 *   held  = bytes in slabs of the tier at the end of a window, with blocks, free ones and waste
 *   claimed = bytes of slabs that were taken fresh in the round
 * </pre>
 *
 * <p>A larger block that serves a small request spares the slab that would have been claimed, and
 * wastes memory; waste makes the larger class claim sooner, and both kinds of slab are held. So
 * what the blocks waste is in both numbers, and none is guessed. Counters are read while threads
 * count: a window may have a little of the next. For one thread.
 */
final class TierCosts {
  private static final double MIB = 1 << 20;

  private final LongSupplier claimedBytes;
  private final LongSupplier releasedBytes;
  private final LongSupplier lentBlocks;
  private final double worthSeconds;
  private long claimedBefore;
  private long lentBefore;

  /** Of this round. */
  private double heldMibSeconds;

  private double claimedMib;
  private long lent;

  /**
   * Of the counters of a tier.
   *
   * @param claimedBytes slabs taken fresh so far
   * @param releasedBytes slabs given back so far
   * @param lentBlocks blocks of a larger class that served a smaller one so far
   * @param worthSeconds a byte that is taken fresh costs as much as one held for so long
   */
  TierCosts(
      LongSupplier claimedBytes,
      LongSupplier releasedBytes,
      LongSupplier lentBlocks,
      double worthSeconds) {
    this.claimedBytes = claimedBytes;
    this.releasedBytes = releasedBytes;
    this.lentBlocks = lentBlocks;
    this.worthSeconds = worthSeconds;
    pass();
  }

  /** A window of so many seconds has ended. */
  void look(double seconds) {
    long released = releasedBytes.getAsLong(); // before what was claimed: never more than that
    long claimed = claimedBytes.getAsLong();
    long lentNow = lentBlocks.getAsLong();
    heldMibSeconds += Math.max(0, claimed - released) / MIB * seconds;
    claimedMib += (claimed - claimedBefore) / MIB;
    lent += lentNow - lentBefore;
    claimedBefore = claimed;
    lentBefore = lentNow;
  }

  /** Passes over a window. */
  void pass() {
    claimedBefore = claimedBytes.getAsLong();
    lentBefore = lentBlocks.getAsLong();
  }

  /** Whether any class had no block at hand in the round. */
  boolean isMeasured() {
    return claimedMib > 0 || lent > 0;
  }

  /** What the round cost. */
  double cost() {
    return heldMibSeconds + worthSeconds * claimedMib;
  }

  /** The next round begins. */
  void endRound() {
    heldMibSeconds = 0;
    claimedMib = 0;
    lent = 0;
  }

  /** The round in words. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.0f MiB-seconds held, %.1f MiB taken fresh and %,d blocks lent in the last round",
        heldMibSeconds,
        claimedMib,
        lent);
  }
}
