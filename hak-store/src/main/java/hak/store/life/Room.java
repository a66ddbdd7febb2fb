package hak.store.life;

import hak.store.StoreFullException;
import hak.store.file.CrashPoint;
import hak.store.file.FreeRows;
import hak.store.file.Region;
import hak.store.file.StoreFile;
import hak.store.file.StoreHeader;
import hak.store.slots.Slots;
import hak.store.space.FreeSpace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Finds space for an object, and makes some: grow the file, take back what the dead had, evict.
 * Under the store's lock, in the midst of a change.
 */
public final class Room {
  private static final int PAGE = 4096;
  private static final int FULL = -2;

  /** Objects that one walk of the slots picks for eviction. */
  private static final int EVICTION_BATCH = 32;

  private final StoreFile file;
  private final Region region;
  private final StoreHeader header;
  private final FreeSpace space;
  private final Slots slots;
  private final Reclaimer reclaimer;
  private final SoundLock lock;
  private final CrashPoint crash;

  public Room(
      StoreFile file, Tables tables, Reclaimer reclaimer, SoundLock lock, CrashPoint crash) {
    this.file = file;
    this.reclaimer = reclaimer;
    this.lock = lock;
    this.crash = crash;
    region = tables.region();
    header = tables.header();
    space = tables.space();
    slots = tables.slots();
  }

  /**
   * Takes space for the object that will be in the first free slot; there is one after this.
   *
   * @return its extent, -1 for an empty object
   * @throws StoreFullException when nothing helps; the bookkeeping is in order
   */
  int find(int units) {
    int extent = take(units);
    if (extent == FULL) {
      reclaimer.freeOwnKept();
      extent = take(units);
    }
    if (extent == FULL && hasSlot()) {
      extent = growAndTake(units);
    }
    if (extent == FULL) {
      reclaimer.freeAllKept();
      extent = take(units);
    }
    if (extent == FULL && lock.reapInChange()) {
      extent = take(units);
    }
    if (extent == FULL && header.eviction()) {
      extent = evictAndTake(units);
    }
    if (extent == FULL) {
      throw full(units);
    }
    return extent;
  }

  private boolean hasSlot() {
    return slots.free().first() != FreeRows.NONE;
  }

  /**
   * Takes space that is free now, for the first free slot; below 0 when there is none of either.
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
    return extent == FreeSpace.NONE ? FULL : extent;
  }

  private int growAndTake(int units) {
    long committed = region.getLong(StoreHeader.COMMITTED);
    long missing = ((long) units - space.freeAtEnd()) << StoreHeader.UNIT_SHIFT;
    long least = StoreHeader.align(missing, PAGE);
    long most = header.capacityBytes() - committed;
    if (least > most) {
      return FULL;
    }
    long step = Math.min(Math.max(header.growthBytes(), least), most);
    try {
      file.reserve(header.dataOffset() + committed, step);
    } catch (StoreFullException e) {
      if (header.eviction()) {
        return FULL;
      }
      if (step == least) {
        throw e;
      }
      step = least;
      file.reserve(header.dataOffset() + committed, step);
    }
    crash.reached();
    region.putLongVolatile(StoreHeader.COMMITTED, committed + step);
    crash.reached();
    space.extend(
        (int) (committed >>> StoreHeader.UNIT_SHIFT), (int) (step >>> StoreHeader.UNIT_SHIFT));
    crash.reached();
    return take(units);
  }

  /** Deletes objects, those read longest ago first, until there is room. */
  private int evictAndTake(int units) {
    BitSet seen = new BitSet();
    while (true) {
      List<Candidate> oldest = oldest(seen);
      if (oldest.isEmpty()) {
        return FULL;
      }
      for (Candidate each : oldest) {
        seen.set(each.slot());
        if (reclaimer.evict(each.slot(), each.word())) {
          int extent = take(units);
          if (extent == FULL && hasSlot()) {
            extent = growAndTake(units);
          }
          if (extent != FULL) {
            return extent;
          }
        }
      }
    }
  }

  private record Candidate(int slot, long word, long lastRead) {}

  /** Some sealed objects that were not seen yet, those read longest ago, oldest first. */
  private List<Candidate> oldest(BitSet seen) {
    PriorityQueue<Candidate> oldest =
        new PriorityQueue<>(Comparator.comparingLong(Candidate::lastRead).reversed());
    for (int slot = 0; slot < slots.count(); slot++) {
      long word = slots.word(slot);
      if (Slots.state(word) == Slots.SEALED && !seen.get(slot)) {
        long lastRead = slots.lastRead(slot);
        if (oldest.size() < EVICTION_BATCH || lastRead < oldest.element().lastRead()) {
          oldest.add(new Candidate(slot, word, lastRead));
          if (oldest.size() > EVICTION_BATCH) {
            oldest.remove();
          }
        }
      }
    }
    List<Candidate> ordered = new ArrayList<>(oldest);
    ordered.sort(Comparator.comparingLong(Candidate::lastRead));
    return ordered;
  }

  private StoreFullException full(int units) {
    if (!hasSlot()) {
      return new StoreFullException(
          "the store holds "
              + header.objectLimit()
              + " objects, its limit; delete some or create it with a larger objectLimit");
    }
    long used = space.table().usedUnits() << StoreHeader.UNIT_SHIFT;
    return new StoreFullException(
        "no room for "
            + ((long) units << StoreHeader.UNIT_SHIFT)
            + " bytes: "
            + used
            + " of "
            + header.capacityBytes()
            + " are in use; delete objects, turn eviction on, or create it larger");
  }
}
