package hak.cli.measure;

import hak.bench.stress.report.StressReport;
import hak.cli.output.Page;
import hak.cli.output.Paint;
import hak.cli.output.TextTable;

/** Prints what a stress did, and what failed. */
final class StressTables {
  private static final int MOST_FAILURES = 10;
  private static final int MOST_FRAMES = 25;

  private StressTables() {}

  /** The counts. */
  static void print(StressReport report, Page page) {
    page.printf(
        "%s, %d threads, seed %d, %s, %s%n%n",
        String.join(", ", report.profiles()),
        report.threads(),
        report.seed(),
        report.jdk(),
        report.collector());
    TextTable table = new TextTable("stress", ">");
    report
        .counts()
        .rounds()
        .forEach((kind, count) -> table.row(kind + " rounds", TextTable.grouped(count)));
    report
        .counts()
        .operations()
        .forEach((name, count) -> table.row(name, TextTable.grouped(count)));
    table.row("platform threads", TextTable.grouped(report.counts().platformThreads()));
    table.row("virtual threads", TextTable.grouped(report.counts().virtualThreads()));
    table.row("pinned of them", TextTable.grouped(report.counts().pinnedThreads()));
    table.row("arenas", TextTable.grouped(report.counts().arenas()));
    table.row("closes raced", TextTable.grouped(report.counts().closesRaced()));
    table.row("threads a close ended", TextTable.grouped(report.counts().endedByClose()));
    table.row("out of memory", TextTable.grouped(report.counts().outOfMemory()));
    table.row("peak resident MiB", TextTable.grouped(report.peakResidentBytes() >> 20));
    table.row("seconds", TextTable.decimal(report.seconds()));
    page.print(table);
    page.printf("%nall checks held: %s%n", report.passed() ? "yes" : page.paint(Paint.ERROR, "NO"));
  }

  /** What failed, and how to repeat it. */
  static void printFailures(StressReport report, Page errors) {
    for (StressReport.Failure failure : report.failures().stream().limit(MOST_FAILURES).toList()) {
      errors.printError(
          "hak: round of seed %d (%s, profile %s; %s, %s): %s: %s"
              .formatted(
                  failure.seed(),
                  failure.kind(),
                  failure.profile(),
                  report.jdk(),
                  report.collector(),
                  failure.thread(),
                  failure.what()));
      failure.trace().stream().limit(MOST_FRAMES).forEach(line -> errors.println("    " + line));
    }
    if (report.failures().size() > MOST_FAILURES) {
      errors.printError("hak: and " + (report.failures().size() - MOST_FAILURES) + " more");
    }
    if (report.hung()) {
      errors.println(report.stacks());
    }
    errors.flush();
  }
}
