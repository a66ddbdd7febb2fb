package hak.core.close;

import hak.core.memory.Reservation;
import hak.core.spi.LargeTier;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.concurrent.TimeUnit;

/**
 * Gives the addresses of a stack back when it is closed and nothing can reach it.
 *
 * <p>Needs no Java heap, for it is done once and the heap may be full then. Registered when the
 * stack is opened, so that close needs none either, and armed by close: a stack that was never
 * closed keeps its addresses. Must not reach the stack, so the tiers come with the arming, when
 * they do not reach it any more.
 */
public final class Unmapping implements Runnable {
  /** How long a collection is waited for, in all. */
  private static final long PATIENCE_MILLIS = 1_000;

  /** Null until a stack is opened: a thread that cannot be had is asked for by the next one. */
  private static Cleaner cleaner;

  /** Guards the count. */
  private static final Object ALL = new Object();

  /** Closed stacks whose addresses are reserved still. */
  private static int closedStacks;

  private final Reservation reservation;
  private volatile LargeTier[] largeTiers;

  private Unmapping(Reservation reservation) {
    this.reservation = reservation;
  }

  /**
   * Watches a scope that everything refers to that may touch the memory of a stack.
   *
   * @throws OutOfMemoryError if there is no thread for it, or no room on the Java heap; nothing is
   *     watched then
   */
  static Unmapping when(MemorySegment.Scope unreachable, Reservation reservation) {
    Unmapping unmapping = new Unmapping(reservation);
    cleaner().register(unreachable, unmapping);
    return unmapping;
  }

  private static synchronized Cleaner cleaner() {
    if (cleaner == null) {
      cleaner = Cleaner.create();
    }
    return cleaner;
  }

  /** From now on it is done as soon as the scope is unreachable. */
  void arm(LargeTier[] tiers) {
    synchronized (ALL) {
      closedStacks++;
    }
    largeTiers = tiers;
  }

  /**
   * Has the garbage collector look for closed stacks that nothing can reach, and waits for one to
   * be unmapped, a second at most: before a stack is refused address space.
   *
   * @return whether address space was given back; false at once when no stack is closed
   */
  public static boolean collect() {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    synchronized (ALL) {
      int before = closedStacks;
      if (before == 0) {
        return false;
      }
      System.gc();
      boolean interrupted = false;
      for (long left = PATIENCE_MILLIS; left > 0 && closedStacks >= before; ) {
        try {
          ALL.wait(left);
        } catch (InterruptedException e) {
          interrupted = true;
        }
        left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return closedStacks < before;
    }
  }

  @Override
  public void run() {
    LargeTier[] tiers = largeTiers;
    if (tiers != null) {
      for (LargeTier tier : tiers) {
        tier.unmap();
      }
      reservation.unmap();
      synchronized (ALL) {
        closedStacks--;
        ALL.notifyAll();
      }
    }
  }
}
