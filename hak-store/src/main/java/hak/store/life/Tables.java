package hak.store.life;

import hak.store.file.ByteLocks;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.process.Identity;
import hak.store.process.ProcessTable;
import hak.store.process.Waits;
import hak.store.slots.NameIndex;
import hak.store.slots.Slots;
import hak.store.space.FreeSpace;
import hak.store.space.Placement;

/**
 * What a store's file holds beside the data, each part by the class that reads and writes it.
 *
 * @param region the mapped file
 * @param header its first page
 * @param slots which objects exist; the other tables follow from it
 * @param processes who has the store open and reads what
 * @param space which part of the data space is whose
 * @param names from names to slots
 * @param waits who sleeps until an object is sealed
 */
public record Tables(
    Region region,
    StoreHeader header,
    Slots slots,
    ProcessTable processes,
    FreeSpace space,
    NameIndex names,
    Waits waits) {
  /** The tables of a file, for the opening that has those locks. */
  public static Tables of(
      Region region, StoreHeader header, Identity identity, ByteLocks locks, Placement placement) {
    Slots slots = new Slots(region, header);
    return new Tables(
        region,
        header,
        slots,
        new ProcessTable(region, header, identity, locks),
        new FreeSpace(region, header, placement),
        new NameIndex(region, header, slots),
        new Waits(region, header));
  }
}
