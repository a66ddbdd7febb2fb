package hak.cli.trace;

import hak.bench.trace.TraceSummary;
import hak.bench.trace.TraceSummary.Range;
import hak.bench.trace.TraceSummary.ThreadShare;
import hak.cli.output.Page;
import hak.cli.output.TextPlot;
import hak.cli.output.TextTable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a trace holds, as text. */
final class TraceTables {
  private static final int BAR_WIDTH = 40;
  private static final int MOST_THREADS = 16;

  private TraceTables() {}

  static void print(TraceSummary summary, Page page) {
    page.printf(
        "%s calls, threads: %d; malloc %s, calloc %s, aligned %s, free %s, realloc %s%n",
        TextTable.grouped(summary.events()),
        summary.threads().size(),
        TextTable.grouped(summary.mallocs()),
        TextTable.grouped(summary.callocs()),
        TextTable.grouped(summary.aligned()),
        TextTable.grouped(summary.frees()),
        TextTable.grouped(summary.reallocs()));
    page.printf(
        "%s bytes asked for; at most %s bytes alive at once, and %s blocks%n",
        TextTable.grouped(summary.bytes()),
        TextTable.grouped(summary.peakBytes()),
        TextTable.grouped(summary.peakBlocks()));
    page.printf(
        "alive at the end: %s blocks, %s bytes%n",
        TextTable.grouped(summary.leftBlocks()), TextTable.grouped(summary.leftBytes()));
    page.printf(
        "ended by another thread: %s of %s blocks, %s%n",
        TextTable.grouped(summary.foreignFrees()),
        TextTable.grouped(summary.ends()),
        percent(summary.foreignFrees(), summary.ends()));

    page.printf("%nMost bytes alive over time%n");
    TextPlot.of(summary.liveBytes()).forEach(page::println);
    page.println();
    page.print(ranges("size in bytes", "requests", summary.sizes()));
    page.println();
    page.print(ranges("lifetime in calls", "blocks", summary.lifetimes()));
    page.println();
    page.print(threads(summary.threads()));
    int left = summary.threads().size() - MOST_THREADS;
    if (left > 0) {
      page.printf("and %d threads with fewer allocations%n", left);
    }
  }

  private static TextTable ranges(String value, String counted, List<Range> ranges) {
    long total = ranges.stream().mapToLong(Range::count).sum();
    long bytes = ranges.stream().mapToLong(Range::bytes).sum();
    long most = ranges.stream().mapToLong(Range::count).max().orElse(0);
    TextTable table = new TextTable(">" + value, ">" + counted, ">share", ">of bytes", "");
    for (Range range : ranges) {
      table.row(
          from(range),
          TextTable.grouped(range.count()),
          percent(range.count(), total),
          percent(range.bytes(), bytes),
          bar(range.count(), most));
    }
    return table;
  }

  private static String from(Range range) {
    return range.least() == range.most()
        ? TextTable.grouped(range.least())
        : TextTable.grouped(range.least()) + " .. " + TextTable.grouped(range.most());
  }

  /** As long as its share of the longest; what is there at all has a mark. */
  private static String bar(long count, long most) {
    return "#".repeat((int) Math.ceil((double) count * BAR_WIDTH / Math.max(1, most)));
  }

  private static TextTable threads(List<ThreadShare> threads) {
    TextTable table =
        new TextTable(">thread", ">allocations", ">ends", ">foreign ends", ">of its ends");
    threads.stream()
        .sorted(Comparator.comparingLong(ThreadShare::allocations).reversed())
        .limit(MOST_THREADS)
        .forEach(share ->
            table.row(
                TextTable.grouped(share.thread()),
                TextTable.grouped(share.allocations()),
                TextTable.grouped(share.ends()),
                TextTable.grouped(share.foreignEnds()),
                percent(share.foreignEnds(), share.ends())));
    return table;
  }

  static String percent(long part, long whole) {
    return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }
}
