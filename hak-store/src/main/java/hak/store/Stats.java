package hak.store;

/** Adds up the ledger of a store, under its lock. */
final class Stats {
  private Stats() {}

  static StoreStats take(StoreEngine engine) {
    FreeSpace space = engine.space();
    Slots slots = engine.slots();
    int extents = 0;
    int freeExtents = 0;
    long free = 0;
    long largest = 0;
    for (int extent = space.table().first();
        extent != FreeSpace.NONE;
        extent = space.table().next(extent)) {
      if (space.table().isFree(extent)) {
        freeExtents++;
        free += space.table().length(extent);
        largest = Math.max(largest, space.table().length(extent));
      }
      if (++extents > engine.header().extentCount()) {
        throw new StoreCorruptException("the list of extents does not end");
      }
    }
    int pinned = 0;
    for (int slot = 0; slot < slots.count(); slot++) {
      if (Slots.state(slots.word(slot)) != Slots.FREE && engine.isPinned(slot)) {
        pinned++;
      }
    }
    Region region = engine.region();
    return new StoreStats(
        engine.header().capacityBytes(),
        region.getLong(StoreHeader.COMMITTED),
        space.table().usedUnits() << StoreHeader.UNIT_SHIFT,
        free << StoreHeader.UNIT_SHIFT,
        largest << StoreHeader.UNIT_SHIFT,
        freeExtents,
        engine.header().dataOffset(),
        region.getInt(StoreHeader.OBJECTS),
        engine.header().objectLimit(),
        engine.header().growthBytes(),
        engine.header().eviction(),
        pinned,
        engine.processes().taken(),
        engine.header().processLimit(),
        region.getLong(StoreHeader.RECOVERIES),
        region.getLong(StoreHeader.EVICTIONS));
  }
}
