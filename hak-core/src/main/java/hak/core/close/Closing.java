package hak.core.close;

import hak.core.Ledger;
import hak.core.heaps.ThreadHeaps;
import hak.core.memory.PageRuns;
import hak.core.memory.Reservation;
import hak.core.memory.StackRoom;
import hak.core.report.Reports;
import hak.core.spi.LargeTier;
import java.lang.foreign.Arena;
import java.lang.ref.Reference;

/**
 * Closes a stack, once: every thread misses from then on and meets {@link OpenState}; who was
 * inside goes on to the end of its call. The content of all blocks is dropped and reads as zero;
 * the addresses go when nothing can reach them (see {@link Unmapping}).
 */
public final class Closing {
  private static final System.Logger LOGGER = System.getLogger("hak");

  private final OpenState state;
  private final ThreadHeaps heaps;
  private final PageRuns pageRuns;
  private final LargeTier[] largeTiers;
  private final Reservation reservation;
  private final Reports reports;
  private final Arena reachable;
  private final Unmapping unmapping;
  private volatile boolean keptOpen;

  /**
   * Of an open stack.
   *
   * @param reachable has the scope that everything refers to that may touch the memory of the stack
   */
  public Closing(
      OpenState state,
      ThreadHeaps heaps,
      PageRuns pageRuns,
      LargeTier[] largeTiers,
      Reservation reservation,
      Reports reports,
      Arena reachable) {
    this.state = state;
    this.heaps = heaps;
    this.pageRuns = pageRuns;
    this.largeTiers = largeTiers;
    this.reservation = reservation;
    this.reports = reports;
    this.reachable = reachable;
    unmapping = Unmapping.when(reachable.scope(), reservation);
  }

  /** From now on nobody can close the stack. */
  public void keepOpen() {
    keptOpen = true;
  }

  /**
   * Closes the stack; calls after the first do nothing.
   *
   * @throws UnsupportedOperationException after {@link #keepOpen}
   */
  public void close() {
    if (keptOpen) {
      throw new UnsupportedOperationException(
          "allocator '" + state.profile() + "' is shared by the whole process and is never closed");
    }
    close(true);
  }

  /** As {@link #close}; nobody is told of live blocks. */
  public void closeQuietly() {
    close(false);
  }

  private void close(boolean tell) {
    StackRoom.forCall();
    if (!state.close()) {
      return;
    }
    heaps.close();
    pageRuns.close(); // large tiers reach it, and what unmaps must not reach the stack
    unmapping.arm(largeTiers);
    try {
      if (tell) {
        reportLiveBlocks();
      }
    } finally {
      for (LargeTier tier : largeTiers) {
        tier.close();
      }
      reservation.dropData();
      Reference.reachabilityFence(reachable); // what was just dropped is unmapped after
    }
  }

  private void reportLiveBlocks() {
    Ledger ledger = reports.books();
    if (ledger.liveBlocks() > 0) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          () ->
              String.format(
                  "allocator '%s' closed with %,d live blocks, %,d B",
                  state.profile(), ledger.liveBlocks(), ledger.liveBytes()));
    }
  }
}
