package hak.core.close;

import hak.core.memory.Reservation;
import hak.core.spi.LargeTier;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;

/**
 * Gives the addresses of a stack back when it is closed and nothing can reach it.
 *
 * <p>Needs no Java heap, for it is done once and the heap may be full then. Registered when the
 * stack is opened, so that close needs none either, and armed by close: a stack that was never
 * closed keeps its addresses. Must not reach the stack, so the tiers come with the arming, when
 * they do not reach it any more.
 */
final class Unmapping implements Runnable {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Reservation reservation;
  private volatile LargeTier[] largeTiers;

  private Unmapping(Reservation reservation) {
    this.reservation = reservation;
  }

  /** Watches a scope that everything refers to that may touch the memory of a stack. */
  static Unmapping when(MemorySegment.Scope unreachable, Reservation reservation) {
    Unmapping unmapping = new Unmapping(reservation);
    CLEANER.register(unreachable, unmapping);
    return unmapping;
  }

  /** From now on it is done as soon as the scope is unreachable. */
  void arm(LargeTier[] tiers) {
    largeTiers = tiers;
  }

  @Override
  public void run() {
    LargeTier[] tiers = largeTiers;
    if (tiers != null) {
      for (LargeTier tier : tiers) {
        tier.unmap();
      }
      reservation.unmap();
    }
  }
}
