package hak.cli.trace;

import hak.bench.trace.TraceSummary;
import hak.bench.trace.TraceSummary.Range;
import hak.cli.command.ReportCommand;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.output.TextTable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Compares two traces. */
@Command(
    name = "diff",
    description = {
      "Compares what two traces hold: a program before and after a change, or two programs.",
      "",
      "The columns are figures of the one, of the other, and the other's in those of the one."
    },
    footer = {"  hak trace diff before.hkt.gz after.hkt.gz", "  hak trace diff lua python"})
final class TraceDiffCommand extends ReportCommand<TraceDiffCommand.Difference> {
  /** What both hold. */
  public record Difference(TraceSummary a, TraceSummary b) {}

  @Parameters(
      index = "0",
      paramLabel = "A",
      description = "A file (.hkt, .hkt.gz), or the name of a shipped trace.",
      completionCandidates = TraceArgument.Names.class,
      converter = TraceArgument.Converter.class)
  private TraceArgument a;

  @Parameters(
      index = "1",
      paramLabel = "B",
      description = "The other one.",
      completionCandidates = TraceArgument.Names.class,
      converter = TraceArgument.Converter.class)
  private TraceArgument b;

  @Override
  protected Difference report(ProgressLine progress) {
    return new Difference(a.summary(), b.summary());
  }

  @Override
  protected void print(Difference both, Page page) {
    TraceSummary first = both.a();
    TraceSummary second = both.b();
    TextTable totals = new TextTable("", ">" + a, ">" + b, ">ratio");
    row(totals, "calls", first.events(), second.events());
    row(totals, "malloc", first.mallocs(), second.mallocs());
    row(totals, "calloc", first.callocs(), second.callocs());
    row(totals, "aligned", first.aligned(), second.aligned());
    row(totals, "free", first.frees(), second.frees());
    row(totals, "realloc", first.reallocs(), second.reallocs());
    row(totals, "threads", first.threads().size(), second.threads().size());
    row(totals, "ended by another thread", first.foreignFrees(), second.foreignFrees());
    row(totals, "bytes asked for", first.bytes(), second.bytes());
    row(totals, "most bytes alive", first.peakBytes(), second.peakBytes());
    row(totals, "most blocks alive", first.peakBlocks(), second.peakBlocks());
    row(totals, "blocks alive at the end", first.leftBlocks(), second.leftBlocks());
    row(totals, "bytes alive at the end", first.leftBytes(), second.leftBytes());
    page.print(totals);
    page.println();
    page.print(ranges("size up to", first.sizes(), second.sizes()));
    page.println();
    page.print(ranges("lifetime up to", first.lifetimes(), second.lifetimes()));
  }

  private static void row(TextTable table, String name, long first, long second) {
    String ratio = first == 0 ? "-" : TextTable.decimal((double) second / first);
    table.row(name, TextTable.grouped(first), TextTable.grouped(second), ratio);
  }

  /** The share that each range has in both. */
  private TextTable ranges(String value, List<Range> first, List<Range> second) {
    SortedMap<Long, long[]> counts = new TreeMap<>();
    first.forEach(
        range -> counts.computeIfAbsent(range.most(), _ -> new long[2])[0] = range.count());
    second.forEach(
        range -> counts.computeIfAbsent(range.most(), _ -> new long[2])[1] = range.count());
    long firstTotal = first.stream().mapToLong(Range::count).sum();
    long secondTotal = second.stream().mapToLong(Range::count).sum();
    TextTable table = new TextTable(">" + value, ">" + a, ">" + b);
    counts.forEach((most, both) ->
        table.row(
            TextTable.grouped(most),
            TraceTables.percent(both[0], firstTotal),
            TraceTables.percent(both[1], secondTotal)));
    return table;
  }
}
