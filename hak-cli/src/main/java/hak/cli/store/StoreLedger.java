package hak.cli.store;

import hak.cli.output.Page;
import hak.cli.output.TextTable;
import hak.store.StoreStats;
import java.util.function.ToLongFunction;

/** The ledger of a store before and after a load, as a table. */
record StoreLedger(StoreStats before, StoreStats after) {
  void print(Page page) {
    TextTable table = new TextTable("store", ">before", ">after");
    row(table, "objects", StoreStats::objects);
    row(table, "bytes in use", StoreStats::usedBytes);
    row(table, "bytes free", StoreStats::freeBytes);
    row(table, "free stretches", StoreStats::freeExtents);
    row(table, "longest free stretch", StoreStats::largestFreeBytes);
    row(table, "bytes committed", StoreStats::committedBytes);
    row(table, "bytes of capacity", StoreStats::capacityBytes);
    page.print(table);
  }

  private void row(TextTable table, String name, ToLongFunction<StoreStats> value) {
    table.row(
        name,
        TextTable.grouped(value.applyAsLong(before)),
        TextTable.grouped(value.applyAsLong(after)));
  }
}
