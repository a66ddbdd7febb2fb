package hak.store.check;

import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.file.TableRows;
import hak.store.file.Units;
import hak.store.life.Tables;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;
import hak.store.space.ExtentTable;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What the bookkeeping says of each slot. It follows from the slot table and proves nothing; but
 * where a row of that table is damaged it tells what stood there. What is heard in the midst of a
 * change is not believed, except for a place at which an object's checksum holds.
 */
final class Witnesses {
  private static final int NONE = -1;

  /** So many of these must say that there was an object in a slot whose row says nothing. */
  private static final int ENOUGH = 2;

  private final boolean heard;
  private final Units units;
  private final ExtentTable extents;
  private final int[] extentOf;
  private final BitSet used = new BitSet();
  private final BitSet chained = new BitSet();
  private final boolean countFits;

  /**
   * The highest slot that surely was in use once. Slots are taken from the lowest up and have a
   * generation before a higher one has, so all below it were too.
   */
  private int lastUsed = NONE;

  private Witnesses(Tables tables, boolean heard) {
    this.heard = heard;
    Region region = tables.region();
    Slots slots = tables.slots();
    int count = slots.count();
    extents = tables.space().table();
    extentOf = new int[count];
    Arrays.fill(extentOf, NONE);
    for (int slot = 0; slot < count; slot++) {
      used.set(slot, !slots.free().isFree(slot));
      long word = slots.word(slot);
      // One wrong bit makes a generation of none, but not the time of a creation beside it.
      boolean sound = StateWord.state(word) != StateWord.DAMAGED;
      if (sound && StateWord.generation(word) > 0 && slots.created(slot) != 0) {
        lastUsed = slot;
      }
    }
    tables.names().forEach(chained::set);
    countFits = region.getInt(StoreHeader.OBJECTS) == used.cardinality();
    units = tables.header().units();
    long capacityUnits = units.at(tables.header().capacityBytes());
    for (int extent = 0; extent < TableRows.extents(count); extent++) {
      hearExtent(slots, extent, capacityUnits);
    }
  }

  /**
   * Asks all of them.
   *
   * @param heard false in the midst of a change
   */
  static Witnesses of(Tables tables, boolean heard) {
    return new Witnesses(tables, heard);
  }

  private void hearExtent(Slots slots, int extent, long capacityUnits) {
    int slot = extents.slot(extent);
    if (slot < 0 || slot >= extentOf.length) {
      return;
    }
    long start = extents.start(extent);
    long length = extents.lengthRaw(extent);
    boolean inside = start >= 0 && length > 0 && start + length <= capacityUnits;
    if (inside && (extentOf[slot] == NONE || slots.extent(slot) == extent)) {
      extentOf[slot] = extent;
    }
  }

  /** The extent that is said to be an object's; none of slots that have rows only since then. */
  private int extentOf(int slot) {
    return slot < extentOf.length ? extentOf[slot] : NONE;
  }

  /** Where the extent table has the data of an object; -1 when it has none. */
  long offset(int slot) {
    int extent = extentOf(slot);
    return extent == NONE ? NONE : units.bytes(extents.start(extent));
  }

  /** Whether the slot is listed as free, and no other witness knows of an object in it. */
  boolean sayFree(int slot) {
    return heard && !used.get(slot) && extentOf(slot) == NONE && !chained.get(slot);
  }

  /** Whether there was an object in a slot whose row says that it was never used. */
  boolean sayUsed(int slot) {
    int voices = 0;
    voices += used.get(slot) ? 1 : 0;
    voices += used.get(slot) && countFits ? 1 : 0;
    voices += slot < lastUsed ? ENOUGH : 0;
    voices += extentOf(slot) != NONE ? 1 : 0;
    voices += chained.get(slot) ? 1 : 0;
    return heard && voices >= ENOUGH;
  }
}
