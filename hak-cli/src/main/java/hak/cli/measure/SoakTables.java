package hak.cli.measure;

import hak.bench.soak.SoakEpoch;
import hak.bench.soak.SoakReport;
import hak.bench.stats.TheilSen;
import hak.cli.output.Page;
import hak.cli.output.TextPlot;
import hak.cli.output.TextTable;
import java.util.Locale;

/** What a soak found, as text. */
final class SoakTables {
  private SoakTables() {}

  static void print(SoakReport report, Page page) {
    page.printf(
        "profile %s, %s, %s, %s epochs in %s s%s%n%n",
        report.profile(),
        report.workload(),
        report.jdk(),
        TextTable.grouped(report.epochs().size()),
        TextTable.grouped(Math.round(report.seconds())),
        report.complete() ? "" : ", ended before its time");
    SoakReport.Percentiles speed = report.callsPerSecond();
    TextTable speeds =
        new TextTable(
            "million calls/s", ">least", ">1 %", ">10 %", ">50 %", ">90 %", ">99 %", ">most");
    speeds.row(
        "",
        millions(speed.least()),
        millions(speed.p1()),
        millions(speed.p10()),
        millions(speed.p50()),
        millions(speed.p90()),
        millions(speed.p99()),
        millions(speed.largest()));
    page.print(speeds);
    page.println();
    TextTable growth =
        new TextTable("bytes in an hour", ">growth", ">95 % interval", ">resident at the end");
    SoakEpoch last = report.epochs().getLast();
    growth.row(
        "the stack",
        bytes(report.stackGrowth().slope()),
        interval(report.stackGrowth()),
        TextTable.grouped(last.stackBytes()));
    growth.row(
        "the process",
        bytes(report.processGrowth().slope()),
        interval(report.processGrowth()),
        TextTable.grouped(last.processBytes()));
    page.print(growth);
    page.printf(
        "%nvariation of the speed: %.2f %%; for each call: %.2e system calls, %.2e page faults%n",
        100 * report.variation(), report.systemCallsPerCall(), report.pageFaultsPerCall());
    page.printf("%nCalls in a second over time%n");
    TextPlot.of(report.epochs().stream().map(epoch -> Math.round(epoch.callsPerSecond())).toList())
        .forEach(page::println);
    page.printf("%nResident bytes of the stack over time%n");
    TextPlot.of(report.epochs().stream().map(SoakEpoch::stackBytes).toList())
        .forEach(page::println);
  }

  private static String millions(double callsPerSecond) {
    return TextTable.decimal(callsPerSecond / 1e6);
  }

  private static String bytes(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  private static String interval(TheilSen growth) {
    return growth.interval() == null
        ? "-"
        : bytes(growth.interval().low()) + " .. " + bytes(growth.interval().high());
  }
}
