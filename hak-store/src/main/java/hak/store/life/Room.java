package hak.store.life;

import hak.store.StoreFullException;
import hak.store.file.FreeRows;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.file.Units;
import hak.store.slots.Slots;
import hak.store.space.ExtentTable;
import hak.store.space.FreeSpace;

/**
 * Finds space for an object, and makes some: what is kept, what the dead had, eviction. Under the
 * store's lock, in the midst of a change.
 */
public final class Room {
  private static final int PAGE_BYTES = 4096;
  private static final int FULL = -2;

  /** The file must grow, or get memory back that was given to the system. */
  static final int GROW = -3;

  /** There is space enough, but scattered: {@link Compaction}. */
  static final int COMPACT = -4;

  private final Region region;
  private final StoreHeader header;
  private final Units measure;
  private final FreeSpace space;
  private final Slots slots;
  private final Reclaimer reclaimer;
  private final Eviction eviction;
  private final SoundLock lock;

  public Room(Tables tables, Reclaimer reclaimer, UseClock clock, SoundLock lock) {
    this.reclaimer = reclaimer;
    this.lock = lock;
    region = tables.region();
    header = tables.header();
    measure = header.units();
    space = tables.space();
    slots = tables.slots();
    eviction = new Eviction(lock.path(), tables, reclaimer, clock);
  }

  /** Does beforehand, without the lock, what can be done so. */
  void prepare() {
    eviction.prepare();
  }

  /**
   * Takes space for the object that will be in the first free slot; there is one after this.
   *
   * @param refusal why the file could not grow, null when that was not tried
   * @param compacted whether moving objects does not help any more
   * @return its extent, -1 for an empty object, {@link #GROW} when the file must grow first: {@link
   *     #need} says how, {@link #COMPACT} when objects must be moved first
   * @throws StoreFullException when nothing helps; the bookkeeping is in order
   */
  int find(int units, StoreFullException refusal, boolean compacted) {
    int extent = take(units);
    if (extent == FULL) {
      reclaimer.freeOwnKept();
      extent = take(units);
    }
    if (extent == FULL && refusal == null && need(units) != null) {
      return GROW;
    }
    if (extent == FULL && eviction.isOn()) {
      // Before what others keep, for which all slots must be looked at.
      extent = evictAndTake(units);
    }
    if (extent == FULL) {
      reclaimer.freeAllKept();
      extent = take(units);
    }
    if (extent == FULL && lock.reapInChange()) {
      extent = take(units);
    }
    if (extent == FULL && eviction.isOn()) {
      extent = evictAndTake(units);
    }
    if (extent == FULL && !compacted && isScattered(units)) {
      return COMPACT;
    }
    if (extent == FULL || (extent == GROW && refusal != null)) {
      throw refusal != null ? refusal : full(units);
    }
    return extent;
  }

  private boolean isScattered(int units) {
    ExtentTable table = space.table();
    return hasSlot() && table.committedUnits() - table.usedUnits() >= units;
  }

  /** What the file lacks for so many units; null when growing does not help. */
  Growth.Need need(int units) {
    if (!hasSlot()) {
      return slots.count() < slots.limit() ? Growth.Need.ofRows(slots.count()) : null;
    }
    int chosen = space.choose(units);
    return chosen == FreeSpace.NONE ? lengthNeeded(units) : memoryNeeded(chosen, units);
  }

  private Growth.Need lengthNeeded(int units) {
    long committed = space.table().committedUnits();
    long most = measure.at(header.capacityBytes()) - committed;
    long least = StoreHeader.align(units - space.freeAtEnd(), PAGE_BYTES / measure.unitBytes());
    if (eviction.isOn()) {
      // Objects can be deleted beside it, so all that is left helps.
      least = Math.min(least, most);
    }
    return most <= 0 || least > most
        ? null
        : new Growth.Need(committed, most, least, FreeSpace.NONE, 0, 0);
  }

  private Growth.Need memoryNeeded(int extent, int units) {
    ExtentTable table = space.table();
    return new Growth.Need(
        table.start(extent) + table.backed(extent),
        table.length(extent) - table.backed(extent),
        units - table.backed(extent),
        extent,
        table.start(extent),
        region.getLong(StoreHeader.RELEASES));
  }

  private boolean hasSlot() {
    return slots.free().first() != FreeRows.NONE;
  }

  /**
   * Takes space that is free now, for the first free slot; below -1 when there is none of either.
   */
  int take(int units) {
    int slot = slots.free().first();
    if (slot == FreeRows.NONE) {
      return FULL;
    }
    if (units == 0) {
      return FreeSpace.NONE;
    }
    int extent = space.allocate(units, slot);
    return extent == FreeSpace.NONE ? FULL : extent == FreeSpace.UNBACKED ? GROW : extent;
  }

  /** Deletes objects until there is room; none where that cannot be. */
  private int evictAndTake(int units) {
    int extent = FULL;
    while (extent == FULL && eviction.makeRoom(units)) {
      extent = take(units);
    }
    return extent;
  }

  private StoreFullException full(int units) {
    if (!hasSlot()) {
      return new StoreFullException(
          "the store holds "
              + header.objectLimit()
              + " objects, its limit; delete some or create it with a larger objectLimit");
    }
    long used = measure.bytes(space.table().usedUnits());
    return new StoreFullException(
        "no room for "
            + measure.bytes(units)
            + " bytes: "
            + used
            + " of "
            + header.capacityBytes()
            + " are in use; delete objects, turn eviction on, or create it larger");
  }
}
