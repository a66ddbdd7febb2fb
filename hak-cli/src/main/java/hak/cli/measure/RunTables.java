package hak.cli.measure;

import hak.bench.RunReport;
import hak.cli.output.Page;
import hak.cli.output.TextTable;
import hak.core.LayerCount;
import hak.core.Ledger;
import hak.core.ShadowCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints the report of a run. */
final class RunTables {
  private static final String UNKNOWN = "-";
  private static final double MEBIBYTE = 1 << 20;

  private final Page page;

  RunTables(Page page) {
    this.page = page;
  }

  void print(RunReport report) {
    page.printf(
        "profile %s, %s, %s%n%n",
        report.profile(), report.jdk(), count(report.runs().getFirst().rounds(), "round"));
    costs(report);
    repeats(report);
    calls(report);
    memory(report);
    hitRates(report);
    shadows(report);
    ledger(report.ledger());
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private void costs(RunReport report) {
    boolean verified = report.runs().stream().anyMatch(run -> run.verified() != null);
    TextTable table =
        new TextTable(
            "ns per event",
            ">best",
            ">median",
            ">floor",
            ">M events/s",
            verified ? "verified" : "");
    for (RunReport.Run run : report.runs()) {
      RunReport.Nanos nanos = run.nanosPerEvent();
      table.row(
          run.workload(),
          nanos == null ? UNKNOWN : TextTable.decimal(nanos.best()),
          nanos == null ? UNKNOWN : TextTable.decimal(nanos.median()),
          nanos == null ? UNKNOWN : TextTable.decimal(nanos.floor()),
          nanos == null ? UNKNOWN : CallsTable.millionsPerSecond(run.threads(), nanos.median()),
          verified(run.verified()));
    }
    page.print(table);
    page.println();
  }

  private void repeats(RunReport report) {
    List<RunReport.Run> timed =
        report.runs().stream().filter(run -> run.nanosPerEvent() != null).toList();
    for (RunReport.Run run : timed) {
      RunReport.Nanos nanos = run.nanosPerEvent();
      RepeatedRounds.print(page, run.workload(), nanos.repeatedRounds(), nanos.movedRounds());
    }
    if (timed.stream().anyMatch(run -> run.nanosPerEvent().repeatedRounds() > 0)) {
      page.println();
    }
  }

  private void calls(RunReport report) {
    CallsTable table = new CallsTable();
    for (RunReport.Run run : report.runs()) {
      table.add(run.workload(), run.threads(), run.events(), run.remoteShare(), run.callSum());
    }
    table.print(page);
  }

  private static String verified(Boolean verified) {
    return verified == null ? "" : verified ? "yes" : "FAILED";
  }

  private void memory(RunReport report) {
    TextTable table =
        new TextTable(
            "resident MiB",
            ">baseline",
            ">peak",
            ">final",
            ">page faults",
            ">syscalls/1000 events");
    for (RunReport.Run run : report.runs()) {
      RunReport.Rss rss = run.rssBytes();
      table.row(
          run.workload(),
          rss == null ? UNKNOWN : mebibytes(rss.baseline()),
          rss == null ? UNKNOWN : mebibytes(rss.peak()),
          rss == null ? UNKNOWN : mebibytes(rss.last()),
          run.pageFaults() == null ? UNKNOWN : TextTable.grouped(run.pageFaults()),
          run.syscallsPerEvent() == null
              ? UNKNOWN
              : String.format(Locale.ROOT, "%.3f", run.syscallsPerEvent() * 1000));
    }
    page.print(table);
    page.println();
  }

  /** Of each layer the share of pops that found a block and of pushes that were taken. */
  private void hitRates(RunReport report) {
    List<LayerCount> layers = report.runs().getFirst().boxes();
    if (layers == null || layers.isEmpty()) {
      return;
    }
    List<String> heads = new ArrayList<>(List.of("hits / accepted"));
    layers.forEach(layer -> heads.add(">" + layer.id()));
    TextTable table = new TextTable(heads.toArray(String[]::new));
    for (RunReport.Run run : report.runs()) {
      List<String> cells = new ArrayList<>(List.of(run.workload()));
      for (LayerCount layer : run.boxes()) {
        cells.add(
            percent(layer.hits(), layer.pops())
                + " / "
                + percent(layer.accepted(), layer.pushes()));
      }
      table.row(cells.toArray(String[]::new));
    }
    page.print(table);
    page.println();
  }

  /** Of the calls that an observer looked at, what caches of other capacities would have served. */
  private void shadows(RunReport report) {
    for (RunReport.Run run : report.runs()) {
      if (run.shadows() != null && !run.shadows().isEmpty()) {
        TextTable table =
            new TextTable(run.workload(), ">capacity", ">calls looked at", ">hits", ">taken");
        for (ShadowCount shadow : run.shadows()) {
          table.row(
              shadow.id(),
              TextTable.grouped(shadow.capacity()),
              TextTable.grouped(shadow.allocations() + shadow.frees()),
              range(shadow.hitsAtLeast(), shadow.hitsAtMost(), shadow.allocations()),
              range(shadow.takenAtLeast(), shadow.takenAtMost(), shadow.frees()));
        }
        page.print(table);
        page.println();
      }
    }
  }

  private static String range(long least, long most, long all) {
    return percent(least, all) + " .. " + percent(most, all);
  }

  private void ledger(Ledger ledger) {
    if (ledger == null) {
      return;
    }
    TextTable table = new TextTable("ledger at the end", ">bytes", ">share");
    ledgerRow(table, "live", ledger.liveBytes(), ledger);
    ledgerRow(table, "slack", ledger.slackBytes(), ledger);
    ledgerRow(table, "cached", ledger.cachedBytes(), ledger);
    ledgerRow(table, "remote", ledger.remoteBytes(), ledger);
    ledgerRow(table, "free", ledger.freeBytes(), ledger);
    ledgerRow(table, "purged", ledger.purgedBytes(), ledger);
    ledgerRow(table, "metadata", ledger.metadataBytes(), ledger);
    ledgerRow(table, "committed", ledger.committedBytes(), ledger);
    ledgerRow(table, "resident", ledger.residentBytes(), ledger);
    page.print(table);
    if (!ledger.isBalanced()) {
      page.println("the parts do not add up");
    }
  }

  private static void ledgerRow(TextTable table, String part, long bytes, Ledger ledger) {
    table.row(part, TextTable.grouped(bytes), percent(bytes, ledger.committedBytes()));
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f", bytes / MEBIBYTE);
  }

  private static String percent(long part, long whole) {
    return whole == 0 ? UNKNOWN : String.format(Locale.ROOT, "%.1f%%", 100.0 * part / whole);
  }
}
