package hak.store.life;

import hak.store.StoreFullException;
import hak.store.event.GrowthEvent;
import hak.store.file.CrashPoint;
import hak.store.file.Region;
import hak.store.file.StoreFile;
import hak.store.file.StoreHeader;
import hak.store.file.TableRows;
import hak.store.file.Units;
import hak.store.process.SharedLock;
import hak.store.slots.Slots;
import hak.store.space.FreeSpace;
import java.util.List;

/**
 * Makes the file larger and the tables longer, and puts memory behind free space that lost it
 * ({@link Purge}). Both take time, so they are done without the store's lock, by one process at a
 * time, in pieces; each piece is of use to everybody as soon as it is there. Who dies between
 * reserving a piece and adding it leaves memory behind the file that the next one finds.
 *
 * <p>Reserving changes no byte, so it does not matter who has the space by the time it is done. It
 * is noted unless memory was given back meanwhile.
 */
public final class Growth {
  /** The longest piece, 64 MiB: who waits for a grower waits for one of them. */
  private static final long PIECE_BYTES = 64 << 20;

  /** The least that is put behind free space, 1 MiB: not a call for each small object. */
  private static final long BACKING_BYTES = 1 << 20;

  private final StoreFile file;
  private final Region region;
  private final StoreHeader header;
  private final Units measure;
  private final FreeSpace space;
  private final Slots slots;
  private final SoundLock lock;
  private final SharedLock growing;
  private final long marginBytes;
  private final CrashPoint crash;

  /**
   * Growth by one process.
   *
   * @param marginBytes what is left to others
   */
  public Growth(
      StoreFile file,
      Tables tables,
      SoundLock lock,
      SharedLock growing,
      long marginBytes,
      CrashPoint crash) {
    this.file = file;
    this.lock = lock;
    this.growing = growing;
    this.marginBytes = marginBytes;
    this.crash = crash;
    region = tables.region();
    header = tables.header();
    measure = header.units();
    space = tables.space();
    slots = tables.slots();
  }

  /**
   * What somebody lacks, as it was under the lock: units from {@code from} on.
   *
   * @param most how much there may be at most
   * @param least how much would do
   * @param extent the free extent that lacks memory, -1 when the file lacks length
   * @param start where that extent begins
   * @param releases how often memory had been given back
   */
  record Need(long from, long most, long least, int extent, int start, long releases) {
    private static final int ROWS = -2;

    /** There is no free slot, but the tables can have more rows. */
    static Need ofRows(int slots) {
      return new Need(slots, 0, 0, ROWS, 0, 0);
    }

    boolean isOfRows() {
      return extent == ROWS;
    }

    boolean isOfLength() {
      return extent == FreeSpace.NONE;
    }

    String kind() {
      return isOfRows() ? "rows" : isOfLength() ? "length" : "memory";
    }
  }

  /**
   * Grows by a piece, unless somebody else did meanwhile; to be called without the store's lock.
   *
   * @return null, or why it cannot grow
   */
  StoreFullException grow(Need need) {
    growing.lock();
    try {
      GrowthEvent event = GrowthEvent.started();
      long bytes = 0;
      if (need.isOfRows()) {
        bytes = addRows((int) need.from());
      } else if (!need.isOfLength() || committed() == need.from()) {
        long units = reserve(need);
        add(need, units);
        bytes = bytes(units);
      }
      if (bytes > 0) {
        event.end(file.path(), need.kind(), bytes);
      }
      return null;
    } catch (StoreFullException e) {
      return e;
    } finally {
      growing.unlock();
    }
  }

  /** Returns bytes of memory that were reserved; 0 when somebody else did it meanwhile. */
  private long addRows(int from) {
    if (slots.count() != from) {
      return 0;
    }
    int to = slots.rows().next(from);
    List<TableRows.Range> ranges = TableRows.ranges(header, from, to);
    long bytes = ranges.stream().mapToLong(TableRows.Range::bytes).sum();
    file.checkLeft(bytes, marginBytes);
    for (TableRows.Range range : ranges) {
      file.memory().reserveInside(range.offset(), range.bytes());
    }
    crash.reached();
    lock.lock();
    try {
      if (slots.count() == from) {
        lock.beginChange();
        crash.reached();
        slots.rows().slots(to);
        crash.reached();
        space.addRows(TableRows.extents(from), TableRows.extents(to));
        for (int slot = from; slot < to; slot++) {
          slots.free().give(slot);
        }
        crash.reached();
        lock.endChange();
      }
    } finally {
      lock.unlock();
    }
    return bytes;
  }

  private long committed() {
    return measure.at(region.getLongVolatile(StoreHeader.COMMITTED));
  }

  private long bytes(long units) {
    return measure.bytes(units);
  }

  /** Reserves a piece; returns its length. */
  private long reserve(Need need) {
    // All of it, so that what cannot be had is not begun.
    file.checkLeft(bytes(need.least()), marginBytes);
    long wanted = measure.at(need.isOfLength() ? header.growthBytes() : BACKING_BYTES);
    long longest = measure.at(PIECE_BYTES);
    long least = Math.min(need.least(), longest);
    long piece = Math.min(Math.max(wanted, least), Math.min(need.most(), longest));
    try {
      file.checkLeft(bytes(piece), marginBytes);
      reserve(need, piece);
      return piece;
    } catch (StoreFullException e) {
      if (piece == least) {
        throw e;
      }
      reserve(need, least);
      return least;
    }
  }

  private void reserve(Need need, long units) {
    long offset = header.dataOffset() + bytes(need.from());
    if (need.isOfLength()) {
      file.memory().reserveAtEnd(offset, bytes(units));
    } else {
      file.memory().reserveAgain(offset, bytes(units));
    }
  }

  private void add(Need need, long units) {
    crash.reached();
    lock.lock();
    try {
      if (!need.isOfLength()) {
        if (region.getLong(StoreHeader.RELEASES) == need.releases()) {
          space.back(need.extent(), need.start(), (int) (need.from() + units));
        }
      } else if (committed() == need.from()) {
        lock.beginChange();
        crash.reached();
        region.putLongVolatile(StoreHeader.COMMITTED, bytes(need.from() + units));
        crash.reached();
        space.extend((int) need.from(), (int) units);
        crash.reached();
        lock.endChange();
      }
    } finally {
      lock.unlock();
    }
  }
}
