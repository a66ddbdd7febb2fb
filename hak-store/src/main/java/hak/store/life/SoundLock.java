package hak.store.life;

import hak.store.StoreAccessException;
import hak.store.event.RebuildEvent;
import hak.store.file.Region;
import hak.store.file.StoreFile;
import hak.store.file.StoreHeader;
import hak.store.process.ProcessTable;
import hak.store.process.SharedLock;
import hak.store.process.Waits;
import java.nio.file.Path;

/**
 * The store's lock, had only with the bookkeeping in order: who takes it first builds anew what a
 * dead process left torn, and looks for the dead now and then.
 */
public final class SoundLock {
  /** How often a call under the lock looks for dead processes: every 200 ms. */
  private static final long REAP_NANOS = 200_000_000;

  private final StoreFile file;
  private final SharedLock lock;
  private final Region region;
  private final StoreHeader header;
  private final ProcessTable processes;
  private final Waits waits;
  private final Recovery recovery;
  private volatile long lastReap = System.nanoTime();
  private volatile long lastNamed = lastReap;

  public SoundLock(StoreFile file, Tables tables, SharedLock lock, Recovery recovery) {
    this.file = file;
    this.lock = lock;
    this.recovery = recovery;
    region = tables.region();
    header = tables.header();
    processes = tables.processes();
    waits = tables.waits();
  }

  public void lock() {
    lock(false, System.nanoTime());
  }

  /**
   * Takes the lock for an object that others are to find; now and then looks whether they can.
   *
   * @throws StoreAccessException when the store's path leads to another file
   */
  void lockForNew() {
    long now = System.nanoTime();
    if (now - lastNamed > REAP_NANOS) {
      lastNamed = now;
      file.checkNameAndSize();
    }
    lock(false, now);
  }

  /** Takes the lock, and what dead processes left. */
  public void lockAndReap() {
    lock(true, System.nanoTime());
  }

  /** The clock is read once in a call and before the lock: it takes as long as the lock does. */
  private void lock(boolean reapNow, long now) {
    lock.lock();
    try {
      boolean due = reapNow || now - lastReap > REAP_NANOS;
      if (due) {
        lastReap = now;
        file.checkSize();
      }
      if (lock.isTorn() || (due && hasLeftovers())) {
        rebuild();
      }
    } catch (Throwable e) {
      lock.unlock();
      throw e;
    }
  }

  /** Whether somebody died, or left a deletion to others. */
  private boolean hasLeftovers() {
    return region.getIntVolatile(StoreHeader.UNFINISHED) != 0 || processes.hasDead();
  }

  /** Says, without the lock, that some object is deleted whose space was not given back. */
  void leaveUnfinished() {
    region.putIntVolatile(StoreHeader.UNFINISHED, 1);
  }

  /** Waits until nobody has the lock, for what its holder does to end. */
  public void await() {
    lock();
    unlock();
  }

  public void unlock() {
    lock.unlock();
  }

  public void beginChange() {
    lock.beginChange();
  }

  public void endChange() {
    lock.endChange();
  }

  /** As {@link SharedLock#changes}. */
  public long changes() {
    return lock.changes();
  }

  /** Takes over what others left behind; once, after opening. */
  public void settle() {
    lockAndReap();
    try {
      if (recovery.hasUnfinishedDeletion()) {
        rebuild();
      }
    } finally {
      unlock();
    }
  }

  /** Rebuilds under the lock, and leaves no change under way. */
  public void rebuild() {
    lock.beginChange();
    rebuildInChange();
    lock.endChange();
    waits.wakeEverybody();
  }

  private void rebuildInChange() {
    boolean isNew = region.getLong(StoreHeader.COMMITTED) == 0;
    RebuildEvent event = RebuildEvent.started();
    recovery.rebuild();
    if (!isNew) {
      event.end(file.path());
    }
  }

  /** The file of the store. */
  Path path() {
    return file.path();
  }

  /**
   * Rebuilds in the midst of a change when that gives something back: of a dead process, or of a
   * deletion that was not finished. Whether it did. A store that evicts is always full, so there
   * this looks no more often than every call does.
   */
  boolean reapInChange() {
    long now = System.nanoTime();
    if (header.eviction() && now - lastReap < REAP_NANOS) {
      return false;
    }
    lastReap = now;
    if (!hasLeftovers()) {
      return false;
    }
    rebuildInChange();
    waits.wakeEverybody();
    return true;
  }
}
