package hak.store.life;

import hak.store.slots.Slots;

/**
 * When the objects of a store that evicts were used last.
 *
 * <h2>What counts as use</h2>
 *
 * Being put or created, being sealed, and each view that is opened. Nothing else does: not
 * contains, find, list, retain, release, nor how long a view stays open, which keeps the object
 * from eviction anyway.
 *
 * <h2>The order survives a restart</h2>
 *
 * The time is that of the monotonic clock of the system, which starts anew with it and differs by a
 * constant in another time namespace. So a process goes on from the latest time in the store where
 * its own clock is behind: it adds the difference, found when it opens the store and at each look
 * at all slots. Its times never go back.
 *
 * <p>Any thread.
 */
public final class UseClock {
  /** Later times are damage; a system that ran for 100 years would reach less. */
  private static final long LATEST = 1L << 62;

  private final Slots slots;
  private final boolean eviction;
  private volatile long ahead;

  /** The clock of one process, which goes on from the latest time in the store. */
  public UseClock(Tables tables) {
    slots = tables.slots();
    eviction = tables.header().eviction();
    if (eviction) {
      long latest = 0;
      for (int slot = 0; slot < slots.count(); slot++) {
        latest = Math.max(latest, lastUse(slot));
      }
      goOnFrom(latest);
    }
  }

  /** Notes that an object is used now. */
  public void use(int slot) {
    if (eviction) {
      slots.lastUse(slot, now());
    }
  }

  private long now() {
    return System.nanoTime() + ahead;
  }

  /** When the object in a slot was used last, 0 when that is damaged. */
  long lastUse(int slot) {
    long time = slots.lastUse(slot);
    return time < 0 || time > LATEST ? 0 : time;
  }

  /** From now on times are after that one. */
  void goOnFrom(long latest) {
    long behind = latest - now();
    if (behind >= 0) {
      synchronized (this) {
        ahead = Math.max(ahead, latest - System.nanoTime() + 1);
      }
    }
  }
}
