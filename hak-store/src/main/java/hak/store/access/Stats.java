package hak.store.access;

import hak.store.StoreCorruptException;
import hak.store.StoreStats;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.file.Units;
import hak.store.life.Tables;
import hak.store.process.ProcessTable;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;
import hak.store.space.FreeSpace;

/** Adds up the ledger of a store, under its lock. */
final class Stats {
  private Stats() {}

  static StoreStats take(Tables tables) {
    StoreHeader header = tables.header();
    Units units = header.units();
    FreeSpace space = tables.space();
    Slots slots = tables.slots();
    ProcessTable processes = tables.processes();
    int extents = 0;
    int freeExtents = 0;
    long free = 0;
    long largest = 0;
    long backed = 0;
    for (int extent = space.table().first();
        extent != FreeSpace.NONE;
        extent = space.table().next(extent)) {
      if (space.table().isFree(extent)) {
        freeExtents++;
        free += space.table().length(extent);
        largest = Math.max(largest, space.table().length(extent));
        backed += space.table().backed(extent);
      }
      if (++extents > header.extentCount()) {
        throw new StoreCorruptException("the list of extents does not end");
      }
    }
    int pinned = 0;
    for (int slot = 0; slot < slots.count(); slot++) {
      if (StateWord.state(slots.word(slot)) != StateWord.FREE && processes.pins(slot) > 0) {
        pinned++;
      }
    }
    Region region = tables.region();
    return new StoreStats(
        header.capacityBytes(),
        region.getLong(StoreHeader.COMMITTED),
        units.bytes(space.table().usedUnits()),
        units.bytes(free),
        units.bytes(largest),
        freeExtents,
        units.bytes(backed),
        header.dataOffset(),
        region.getInt(StoreHeader.OBJECTS),
        header.objectLimit(),
        header.growthBytes(),
        header.eviction(),
        pinned,
        processes.taken(),
        header.processLimit(),
        region.getLong(StoreHeader.RECOVERIES),
        region.getLong(StoreHeader.EVICTIONS));
  }
}
