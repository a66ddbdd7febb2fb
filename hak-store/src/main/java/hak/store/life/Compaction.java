package hak.store.life;

import hak.store.StoreFullException;
import hak.store.event.CompactionEvent;
import hak.store.file.CrashPoint;
import hak.store.file.StoreFile;
import hak.store.file.Units;
import hak.store.space.ExtentTable;
import hak.store.space.FreeSpace;

/**
 * Brings scattered free space together: moves sealed objects that nobody reads towards the begin of
 * the data space ({@link Mover}). What is read, or being written, stays where it is, and so does
 * what is longer than 64 MiB.
 *
 * <p>For a request it looks for the stretch, without anything that must stay, whose free parts are
 * long enough together and whose objects are the fewest bytes; for {@link #all} each object goes as
 * far as it can. Both are done in steps of some megabytes, each under the store's lock, which
 * others get in between.
 */
public final class Compaction {
  /** A step ends after so much, 16 MiB: some milliseconds. */
  private static final int STEP_BYTES = 16 << 20;

  /** The longest object that is moved, 64 MiB. */
  private static final int LONGEST_BYTES = 64 << 20;

  private final Units measure;
  private final FreeSpace space;
  private final SoundLock lock;
  private final Mover mover;

  private Compaction(Tables tables, SoundLock lock, Mover mover) {
    this.lock = lock;
    this.mover = mover;
    space = tables.space();
    measure = tables.header().units();
  }

  /** The compaction of one process. */
  public static Compaction of(
      StoreFile file, Tables tables, SoundLock lock, int self, CrashPoint crash) {
    return new Compaction(tables, lock, new Mover(file, tables, self, crash));
  }

  /** A step towards a free stretch of so many units; false when no move helps. */
  boolean step(int units) {
    lock.lock();
    try {
      if (space.choose(units) != FreeSpace.NONE) {
        return true; // Somebody has made room meanwhile.
      }
      int free = cheapestStretch(units);
      return free != FreeSpace.NONE && slideFrom(free, units) > 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves all that can be moved; returns how many bytes were.
   *
   * @throws StoreFullException when there is no memory for a new place; what was moved stays so
   */
  public long all() {
    long moved = 0;
    long from = 0;
    while (true) {
      lock.lock();
      try {
        int free = firstFree(from);
        if (free == FreeSpace.NONE) {
          return measure.bytes(moved);
        }
        from = space.table().start(free);
        int units = slideFrom(free, Integer.MAX_VALUE);
        moved += units;
        from += units == 0 ? 1 : 0; // What follows cannot be moved.
      } finally {
        lock.unlock();
      }
    }
  }

  private int firstFree(long from) {
    ExtentTable table = space.table();
    int steps = 0;
    for (int extent = table.first(); extent != FreeSpace.NONE; extent = table.next(extent)) {
      if (table.start(extent) >= from && table.isFree(extent) && isMovable(table.next(extent))) {
        return extent;
      }
      space.step(++steps);
    }
    return FreeSpace.NONE;
  }

  private boolean isMovable(int extent) {
    ExtentTable table = space.table();
    return extent != FreeSpace.NONE
        && table.length(extent) <= measure.of(LONGEST_BYTES)
        && mover.isMovable(table.slot(extent));
  }

  /**
   * Moves what follows a free extent, one object after the other, until that is so long, the step
   * is over, or something must stay; returns how many units were moved.
   */
  private int slideFrom(int first, int enough) {
    ExtentTable table = space.table();
    CompactionEvent event = CompactionEvent.started();
    lock.beginChange();
    int moved = 0;
    int free = first;
    while (free != FreeSpace.NONE
        && table.length(free) < enough
        && moved < measure.of(STEP_BYTES)
        && isMovable(table.next(free))) {
      int object = table.next(free);
      int length = table.length(object);
      free = slide(object);
      moved += free == FreeSpace.NONE ? 0 : length;
    }
    lock.endChange();
    if (moved > 0) {
      event.end(lock.path(), measure.bytes(moved));
    }
    return moved;
  }

  private int slide(int object) {
    try {
      return mover.slide(object);
    } catch (StoreFullException e) {
      lock.endChange(); // Nothing was begun.
      throw e;
    }
  }

  /**
   * The free extent with which the cheapest stretch begins that has so many free units. A window
   * that begins and ends with free space goes over the data space, as short as it may be.
   */
  private int cheapestStretch(int units) {
    ExtentTable table = space.table();
    int best = FreeSpace.NONE;
    long bestUsed = Long.MAX_VALUE;
    int begin = FreeSpace.NONE;
    long free = 0;
    long used = 0;
    int steps = 0;
    for (int end = table.first(); end != FreeSpace.NONE; end = table.next(end)) {
      space.step(++steps);
      if (!table.isFree(end)) {
        boolean movable = begin != FreeSpace.NONE && isMovable(end);
        begin = movable ? begin : FreeSpace.NONE;
        used = movable ? used + table.length(end) : 0;
        free = movable ? free : 0;
        continue;
      }
      begin = begin == FreeSpace.NONE ? end : begin;
      free += table.length(end);
      while (free - table.length(begin) >= units) {
        free -= table.length(begin);
        for (begin = table.next(begin); !table.isFree(begin); begin = table.next(begin)) {
          used -= table.length(begin);
        }
      }
      if (free >= units && used < bestUsed) {
        best = begin;
        bestUsed = used;
      }
    }
    return best;
  }
}
