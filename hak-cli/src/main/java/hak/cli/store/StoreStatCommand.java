package hak.cli.store;

import hak.cli.command.ReportCommand;
import hak.cli.output.Json;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.output.TextTable;
import hak.store.ObjectStore;
import hak.store.StoreStats;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the ledger of a store. */
@Command(
    name = "stat",
    description = {
      "Shows how full a store is.",
      "",
      "used + free = committed, which is what the file holds of the capacity; this command is one"
          + " of the processes."
    },
    footer = {"  hak store stat models", "  hak store stat /dev/shm/models --json -"})
final class StoreStatCommand extends ReportCommand<StoreStats> {
  @Mixin private StorePath path;

  @Override
  protected StoreStats report(ProgressLine progress) {
    try (ObjectStore store = path.open()) {
      return store.stats();
    }
  }

  @Override
  protected String json(StoreStats stats) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("path", path.path().toString());
    result.put("stats", stats);
    return Json.of(result);
  }

  @Override
  protected void print(StoreStats stats, Page page) {
    TextTable bytes = new TextTable("bytes", ">", ">of capacity");
    row(bytes, "capacity", stats.capacityBytes(), stats);
    row(bytes, "committed", stats.committedBytes(), stats);
    row(bytes, "used", stats.usedBytes(), stats);
    row(bytes, "free", stats.freeBytes(), stats);
    row(bytes, "largest free", stats.largestFreeBytes(), stats);
    row(bytes, "metadata", stats.metadataBytes(), stats);
    row(bytes, "growth", stats.growthBytes(), stats);
    page.print(bytes);
    page.println();
    TextTable counts = new TextTable("count", ">", ">limit");
    counts.row(
        "objects", TextTable.grouped(stats.objects()), TextTable.grouped(stats.objectLimit()));
    counts.row(
        "processes", TextTable.grouped(stats.processes()), TextTable.grouped(stats.processLimit()));
    counts.row("objects being read", TextTable.grouped(stats.pinned()), "");
    counts.row("free stretches", TextTable.grouped(stats.freeExtents()), "");
    counts.row("recoveries", TextTable.grouped(stats.recoveries()), "");
    counts.row("evictions", TextTable.grouped(stats.evictions()), stats.eviction() ? "" : "off");
    page.print(counts);
  }

  private static void row(TextTable table, String what, long bytes, StoreStats stats) {
    table.row(
        what,
        TextTable.grouped(bytes),
        String.format(Locale.ROOT, "%.1f%%", 100.0 * bytes / stats.capacityBytes()));
  }
}
