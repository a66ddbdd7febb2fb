package hak.core.slow;

import hak.core.Ledger;
import hak.core.close.OpenState;
import hak.core.heaps.ThreadHeaps;
import hak.core.memory.MemoryLimit;
import hak.core.memory.PageDecay;
import hak.core.memory.PageRuns;
import hak.core.report.Reports;
import hak.core.report.Stillness;
import java.lang.foreign.Arena;
import java.lang.ref.Reference;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What the {@link Housekeeper} does for one stack: gives back memory that has been free for the
 * purge delay, looking twice in that time.
 *
 * <p>A stack that holds little is left alone until it grows. Of another, every look adds up the
 * books, and when more is free than heaps were left with, empties those that nobody is in; when it
 * did not grow for two looks after that, what is free in slabs with live blocks has been free for a
 * delay, and goes too, as {@code trim()} does it. Then it goes through the superslabs, and lets the
 * large tiers give back what they have kept their time.
 */
public final class Decay implements Housekeeper.Chore {
  /** By so much what is free in slabs must have grown before heaps are emptied again. */
  private static final long GROWN_BYTES = 1L << 20;

  /** So many looks after heaps were emptied without more that is free, blocks give memory back. */
  private static final int CALM_LOOKS = 2;

  private final OpenState state;
  private final ThreadHeaps heaps;
  private final LargeBlocks largeBlocks;
  private final MemoryLimit limit;
  private final PageDecay pages;
  private final Reports reports;
  private final Stillness stillness;
  private final Arena reachable;
  private final LongSupplier delayMillis;
  private long settledBytes;

  /** Looks since heaps were emptied; beyond {@link #CALM_LOOKS} there is nothing to do. */
  private int calmLooks = CALM_LOOKS;

  /**
   * Of a stack that is about to be opened.
   *
   * @param reachable keeps the stack's addresses while it is in reach
   * @param delayMillis how long memory is free before it is given back, read at every look; 0 = it
   *     is not
   */
  public Decay(
      OpenState state,
      ThreadHeaps heaps,
      LargeBlocks largeBlocks,
      PageRuns pageRuns,
      MemoryLimit limit,
      Reports reports,
      Stillness stillness,
      Arena reachable,
      LongSupplier delayMillis) {
    this.state = state;
    this.heaps = heaps;
    this.largeBlocks = largeBlocks;
    this.limit = limit;
    this.reports = reports;
    this.stillness = stillness;
    this.reachable = reachable;
    this.delayMillis = delayMillis;
    pages = new PageDecay(pageRuns);
  }

  @Override
  public boolean isOpen() {
    return state.isOpen();
  }

  @Override
  public boolean isWorthALook() {
    return limit.heldBytes() > Housekeeper.LITTLE_BYTES && delayMillis.getAsLong() > 0;
  }

  @Override
  public long periodNanos() {
    return Math.max(1, TimeUnit.MILLISECONDS.toNanos(delayMillis.getAsLong()) / 2);
  }

  /** Looks once, unless somebody reads the lists. */
  @Override
  public void look() {
    if (!state.isOpen()) {
      return;
    }
    try {
      stillness.tryMove(this::giveBack);
    } finally {
      Reference.reachabilityFence(reachable); // closed meanwhile: unmapped after
    }
  }

  private void giveBack() {
    emptyHeaps();
    pages.look();
    largeBlocks.decay(System.nanoTime());
  }

  private void emptyHeaps() {
    long free = freeInSlabs();
    if (free > settledBytes + GROWN_BYTES) {
      heaps.empty();
      settledBytes = freeInSlabs();
      calmLooks = 0;
      return;
    }
    settledBytes = Math.min(settledBytes, free);
    if (calmLooks < CALM_LOOKS && ++calmLooks == CALM_LOOKS) {
      heaps.trim();
    }
  }

  private long freeInSlabs() {
    Ledger books = reports.books();
    return books.freeBytes() + books.remoteBytes() + books.cachedBytes();
  }
}
