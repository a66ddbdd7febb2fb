package hak.cli.store;

import hak.cli.command.DurationArgument;
import hak.cli.command.ReportCommand;
import hak.cli.command.StopRequest;
import hak.cli.output.Json;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.output.TextTable;
import hak.store.ObjectStore;
import hak.store.StoreProcess;
import hak.store.StoreStats;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the ledger of a store. */
@Command(
    name = "stat",
    description = {
      "Shows how full a store is, and who uses it.",
      "",
      "used + free = committed, which is what the file holds of the capacity; this command is one"
          + " of the processes. With --watch a line at a time: fragmented is the share of the free"
          + " space that is not in the longest stretch, evicted and waits are since the line"
          + " before, views are those that each process has open. Each line has what processes keep"
          + " of deleted objects given back."
    },
    footer = {
      "  hak store stat models",
      "  hak store stat models --watch 1s",
      "  hak store stat /dev/shm/models --json -"
    })
final class StoreStatCommand extends ReportCommand<StoreStatCommand.Report> {
  private static final Duration SHORTEST = Duration.ofMillis(100);

  /** How often Ctrl-C is looked for between two lines: 50 ms. */
  private static final long TURN_NANOS = 50_000_000;

  @Mixin private StorePath path;

  @Option(
      names = "--watch",
      paramLabel = "DURATION",
      description = "Print a line each time so long has passed, 100ms or more, until Ctrl-C.",
      converter = DurationArgument.class)
  private Duration watch;

  @Option(names = "--count", paramLabel = "N", description = "End after so many lines of --watch.")
  private Integer count;

  private StopRequest stop;

  /** A look at a store. */
  record Report(StoreStats stats, List<StoreProcess> processes) {
    static Report of(ObjectStore store) {
      return new Report(store.stats(), store.processes());
    }
  }

  @Override
  protected Report report(ProgressLine progress) {
    checkOptions();
    try (ObjectStore store = path.open()) {
      return watch == null ? Report.of(store) : watch(store);
    }
  }

  private void checkOptions() {
    if (watch == null && count != null) {
      throw badInput("--count is for --watch", null);
    }
    if (watch != null && watch.compareTo(SHORTEST) < 0) {
      throw badInput("--watch is " + watch.toMillis() + "ms; it must be 100ms or more", null);
    }
    if (count != null) {
      atLeastOne("--count", count);
    }
  }

  /** Returns the last look. */
  private Report watch(ObjectStore store) {
    stop = StopRequest.listen();
    StoreWatch lines = new StoreWatch(page());
    Report report = look(store, lines);
    for (int line = 1; (count == null || line < count) && pause(); line++) {
      report = look(store, lines);
    }
    return report;
  }

  private Report look(ObjectStore store, StoreWatch lines) {
    Report report = Report.of(store);
    if (!isQuiet()) {
      lines.print(LocalTime.now(ZoneId.systemDefault()), report.stats(), report.processes());
    }
    return report;
  }

  /** False when there is to be no other line. */
  private boolean pause() {
    long end = System.nanoTime() + watch.toNanos();
    for (long left = watch.toNanos(); left > 0; left = end - System.nanoTime()) {
      if (stop.getAsBoolean()) {
        return false;
      }
      LockSupport.parkNanos(Math.min(left, TURN_NANOS));
    }
    return true;
  }

  @Override
  protected void finished() {
    if (stop != null) {
      stop.close();
    }
  }

  @Override
  protected String json(Report report) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("path", path.path().toString());
    result.put("stats", report.stats());
    result.put("processes", report.processes());
    return Json.of(result);
  }

  @Override
  protected void print(Report report, Page page) {
    if (watch == null) {
      printLedger(report.stats(), page);
      page.println();
      printProcesses(report.processes(), page);
    }
  }

  private static void printProcesses(List<StoreProcess> processes, Page page) {
    TextTable table = new TextTable("process", ">views", ">waits", ">lost views");
    for (StoreProcess process : processes) {
      table.row(
          process.pid() + (process.self() ? ", this one" : ""),
          TextTable.grouped(process.views()),
          TextTable.grouped(process.waits()),
          TextTable.grouped(process.lostViews()));
    }
    page.print(table);
  }

  private static void printLedger(StoreStats stats, Page page) {
    TextTable bytes = new TextTable("bytes", ">", ">of capacity");
    row(bytes, "capacity", stats.capacityBytes(), stats);
    row(bytes, "committed", stats.committedBytes(), stats);
    row(bytes, "used", stats.usedBytes(), stats);
    row(bytes, "free", stats.freeBytes(), stats);
    row(bytes, "largest free", stats.largestFreeBytes(), stats);
    row(bytes, "free with memory", stats.freeBackedBytes(), stats);
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
