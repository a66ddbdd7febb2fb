package hak.store.life;

import hak.store.StoreCorruptException;
import hak.store.event.PurgeEvent;
import hak.store.file.Region;
import hak.store.file.StoreFile;
import hak.store.file.StoreHeader;
import hak.store.file.Units;
import hak.store.space.ExtentTable;
import hak.store.space.FreeSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Gives the memory behind long free stretches back to the system; {@link Growth} gets it again for
 * who wants the space.
 *
 * <p>A stretch is given back when it was free, with the same begin and end, at two looks that the
 * delay lies between. It is done under the store's lock, so that nobody takes the space meanwhile,
 * in pieces that take less than a millisecond each. That the memory may be gone is written down
 * before it goes, so a death in between leaves nothing that is believed to have memory and has
 * none.
 *
 * <p>Looks and pieces are one thread's at a time.
 */
public final class Purge {
  /** The longest piece, 8 MiB. */
  private static final int PIECE_BYTES = 8 << 20;

  private final StoreFile file;
  private final Region region;
  private final StoreHeader header;
  private final Units units;
  private final FreeSpace space;
  private final SoundLock lock;
  private final Reclaimer reclaimer;
  private final int leastUnits;
  private Set<Stretch> seen = Set.of();
  private Set<Stretch> purged = Set.of();

  /** Of stretches that are at least so long. */
  public Purge(
      StoreFile file, Tables tables, SoundLock lock, Reclaimer reclaimer, long leastBytes) {
    this.file = file;
    this.lock = lock;
    this.reclaimer = reclaimer;
    region = tables.region();
    header = tables.header();
    units = header.units();
    space = tables.space();
    leastUnits = units.of(Math.min(leastBytes, header.capacityBytes()));
  }

  /** Whether a free stretch is long enough to be given back. */
  boolean isLong(int length) {
    return length >= leastUnits;
  }

  private record Stretch(int extent, int start, int length) {}

  /** Gives back what was free at the last look already; whether another look is worth it. */
  public synchronized boolean purgeIdle() {
    List<Stretch> free = look(leastUnits);
    Set<Stretch> done = new HashSet<>();
    boolean more = false;
    for (Stretch stretch : free) {
      if (purged.contains(stretch) || (seen.contains(stretch) && purge(stretch))) {
        done.add(stretch);
      } else {
        more = true;
      }
    }
    seen = Set.copyOf(free);
    purged = done;
    return more;
  }

  /** Gives back all that is free, however short or recent. */
  public synchronized void purgeAll() {
    lock.lock();
    try {
      lock.beginChange();
      reclaimer.freeAllKept();
      lock.endChange();
    } finally {
      lock.unlock();
    }
    look(1).forEach(this::purge);
  }

  /** Gives back what is long enough and was not given back yet; before the store is closed. */
  public synchronized void purgeLong() {
    for (Stretch stretch : look(leastUnits)) {
      if (!purged.contains(stretch)) {
        purge(stretch);
      }
    }
  }

  private List<Stretch> look(int least) {
    List<Stretch> free = new ArrayList<>();
    ExtentTable table = space.table();
    lock.lock();
    try {
      int steps = 0;
      for (int extent = table.first(); extent != FreeSpace.NONE; extent = table.next(extent)) {
        int length = table.length(extent);
        if (table.isFree(extent) && length >= least) {
          free.add(new Stretch(extent, table.start(extent), length));
        }
        if (++steps > header.extentCount()) {
          throw new StoreCorruptException("the list of extents does not end");
        }
      }
    } finally {
      lock.unlock();
    }
    return free;
  }

  /**
   * False when it was taken meanwhile. Where memory cannot be given back there is none to wait for.
   */
  private boolean purge(Stretch stretch) {
    PurgeEvent event = PurgeEvent.started();
    int piece = units.of(PIECE_BYTES);
    for (int at = 0; at < stretch.length(); at += piece) {
      if (!purgePiece(stretch, at, Math.min(piece, stretch.length() - at))) {
        return false;
      }
    }
    event.end(file.path(), units.bytes(stretch.length()));
    return true;
  }

  private boolean purgePiece(Stretch stretch, int at, int length) {
    ExtentTable table = space.table();
    int extent = stretch.extent();
    lock.lock();
    try {
      boolean same =
          table.isFree(extent)
              && table.start(extent) == stretch.start()
              && table.length(extent) == stretch.length();
      if (!same) {
        return false;
      }
      region.putLong(StoreHeader.RELEASES, region.getLong(StoreHeader.RELEASES) + 1);
      space.unback(extent, at);
      long offset = units.bytes(stretch.start() + at);
      file.memory().release(header.dataOffset() + offset, units.bytes(length));
      return true;
    } finally {
      lock.unlock();
    }
  }
}
