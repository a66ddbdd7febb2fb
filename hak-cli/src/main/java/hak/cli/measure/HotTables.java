package hak.cli.measure;

import hak.bench.hot.HotReport;
import hak.cli.output.Page;
import hak.cli.output.TextTable;
import hak.core.LayerCount;
import java.util.Locale;

/** Where the time of a stack goes, as text. */
final class HotTables {
  private final Page page;
  private final int lines;

  /**
   * On a page.
   *
   * @param lines how many source lines
   */
  HotTables(Page page, int lines) {
    this.page = page;
    this.lines = lines;
  }

  void print(HotReport report) {
    page.printf(
        "profile %s, %s, threads %d, %s%n%.2f ns per event, %s samples, %s lost%n%n",
        report.profile(),
        report.workload(),
        report.threads(),
        report.jdk(),
        report.nanosPerEvent(),
        TextTable.grouped(report.samples()),
        TextTable.grouped(report.lost()));
    layers(report);
    places(report);
    boxes(report);
    causes(report);
  }

  private void layers(HotReport report) {
    TextTable table = new TextTable("layer", ">time", ">ns per event");
    for (HotReport.LayerShare share : report.layers()) {
      double part = part(share.samples(), report);
      table.row(share.layer(), percent(part), TextTable.decimal(part * report.nanosPerEvent()));
    }
    page.print(table);
    page.println();
  }

  private void places(HotReport report) {
    TextTable table = new TextTable("source line", "layer", ">time");
    report.lines().stream()
        .limit(lines)
        .forEach(share ->
            table.row(share.place(), share.layer(), percent(part(share.samples(), report))));
    page.print(table);
    page.println();
  }

  private static double part(long samples, HotReport report) {
    return (double) samples / Math.max(1, report.samples());
  }

  /** How often each layer is asked. */
  private void boxes(HotReport report) {
    if (report.boxes() == null) {
      return;
    }
    TextTable table =
        new TextTable(
            "per 1,000 events", ">asked for a block", ">had none", ">offered one", ">refused it");
    for (LayerCount box : report.boxes()) {
      table.row(
          box.id(),
          perThousand(box.pops(), report),
          perThousand(box.pops() - box.hits(), report),
          perThousand(box.pushes(), report),
          perThousand(box.pushes() - box.accepted(), report));
    }
    page.print(table);
    page.println();
  }

  private void causes(HotReport report) {
    TextTable table = new TextTable("slow path", ">per 1,000 events", ">count", "method");
    for (HotReport.CauseRate rate : report.causes()) {
      if (rate.count() > 0) {
        table.row(
            rate.cause(),
            perThousand(rate.count(), report),
            TextTable.grouped(rate.count()),
            rate.method());
      }
    }
    table.row(
        "system call",
        perThousand(report.systemCalls(), report),
        TextTable.grouped(report.systemCalls()),
        "");
    page.print(table);
  }

  private static String perThousand(long count, HotReport report) {
    return String.format(Locale.ROOT, "%.3f", 1000.0 * count / Math.max(1, report.events()));
  }

  private static String percent(double part) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * part);
  }
}
