package hak.cli.store;

import hak.cli.command.ExitCode;
import hak.cli.output.Json;
import hak.cli.output.JsonTarget;
import hak.cli.output.TextTable;
import hak.store.ObjectStore;
import hak.store.StoreStats;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
final class StoreStatCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StorePath path;
  @Mixin private JsonTarget json;

  @Override
  public Integer call() {
    json.requireWritable();
    StoreStats stats;
    try (ObjectStore store = path.open()) {
      stats = store.stats();
    }
    if (!json.isStandardOutput()) {
      print(stats);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("path", path.path().toString());
    result.put("stats", stats);
    json.write(Json.of(result));
    return ExitCode.FINE;
  }

  private void print(StoreStats stats) {
    PrintWriter out = spec.commandLine().getOut();
    TextTable bytes = new TextTable("bytes", ">", ">of capacity");
    row(bytes, "capacity", stats.capacityBytes(), stats);
    row(bytes, "committed", stats.committedBytes(), stats);
    row(bytes, "used", stats.usedBytes(), stats);
    row(bytes, "free", stats.freeBytes(), stats);
    row(bytes, "largest free", stats.largestFreeBytes(), stats);
    row(bytes, "metadata", stats.metadataBytes(), stats);
    row(bytes, "growth", stats.growthBytes(), stats);
    bytes.print(out, "");
    out.println();
    TextTable counts = new TextTable("count", ">", ">limit");
    counts.row(
        "objects", TextTable.grouped(stats.objects()), TextTable.grouped(stats.objectLimit()));
    counts.row(
        "processes", TextTable.grouped(stats.processes()), TextTable.grouped(stats.processLimit()));
    counts.row("objects being read", TextTable.grouped(stats.pinned()), "");
    counts.row("free stretches", TextTable.grouped(stats.freeExtents()), "");
    counts.row("recoveries", TextTable.grouped(stats.recoveries()), "");
    counts.row("evictions", TextTable.grouped(stats.evictions()), stats.eviction() ? "" : "off");
    counts.print(out, "");
  }

  private static void row(TextTable table, String what, long bytes, StoreStats stats) {
    table.row(
        what,
        TextTable.grouped(bytes),
        String.format(Locale.ROOT, "%.1f%%", 100.0 * bytes / stats.capacityBytes()));
  }
}
