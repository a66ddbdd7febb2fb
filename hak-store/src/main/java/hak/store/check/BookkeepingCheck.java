package hak.store.check;

import hak.store.ObjectRef;
import hak.store.StoreCorruptException;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.file.Units;
import hak.store.life.Tables;
import hak.store.slots.NameIndex;
import hak.store.slots.SlotRef;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;
import hak.store.space.FreeSpace;
import java.util.Optional;

/** Compares the bookkeeping with the slot table that it follows from. */
final class BookkeepingCheck {
  private final Region region;
  private final Units units;
  private final Slots slots;
  private final FreeSpace space;
  private final NameIndex names;

  private BookkeepingCheck(Tables tables) {
    region = tables.region();
    units = tables.header().units();
    slots = tables.slots();
    space = tables.space();
    names = tables.names();
  }

  /** The first contradiction, if there is one. A change under way is one too. */
  static Optional<String> run(Tables tables) {
    try {
      new BookkeepingCheck(tables).check();
      return Optional.empty();
    } catch (StoreCorruptException | IndexOutOfBoundsException e) {
      return Optional.of("the bookkeeping is wrong: " + e.getMessage());
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new StoreCorruptException(what);
    }
  }

  private void check() {
    checkExtents();
    space.checkLists();
    int objects = 0;
    for (int slot = 0; slot < slots.count(); slot++) {
      int state = StateWord.state(slots.word(slot));
      if (state == StateWord.FREE) {
        continue;
      }
      objects++;
      if (slots.units(slot) > 0) {
        int extent = slots.extent(slot);
        require(space.table().slot(extent) == slot, "slot " + slot + " has extent " + extent);
        require(
            space.table().start(extent) == units.at(slots.offset(slot))
                && space.table().length(extent) == slots.units(slot),
            "extent " + extent + " is not where slot " + slot + " is");
      }
      if (slots.hasName(slot) && state == StateWord.SEALED) {
        ObjectRef found = names.find(slots.name(slot), slots.nameHash(slot));
        require(
            found != null && SlotRef.slot(found) == slot,
            "the name of slot " + slot + " does not lead to it");
      }
    }
    require(objects == region.getInt(StoreHeader.OBJECTS), "the count of objects");
    int rows = slots.count();
    int free =
        slots
            .free()
            .check(slot -> slot < rows && StateWord.state(slots.word(slot)) == StateWord.FREE);
    require(slots.rows().isSound(), "the count of rows");
    require(free == slots.count() - objects, "the count of free slots");
  }

  private void checkExtents() {
    int steps = 0;
    long end = 0;
    long used = 0;
    boolean freeBefore = false;
    for (int extent = space.table().first();
        extent != FreeSpace.NONE;
        extent = space.table().next(extent)) {
      int length = space.table().length(extent);
      require(space.table().start(extent) == end, "a gap before extent " + extent);
      require(
          !(freeBefore && space.table().isFree(extent)), "free extents side by side at " + extent);
      freeBefore = space.table().isFree(extent);
      used += freeBefore ? 0 : length;
      end += length;
      require(++steps <= 2 * slots.limit() + 2, "the list of extents does not end");
    }
    require(end == space.table().committedUnits(), "the extents do not cover the data space");
    require(used == space.table().usedUnits(), "the count of used units");
  }
}
