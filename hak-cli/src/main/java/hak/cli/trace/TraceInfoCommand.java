package hak.cli.trace;

import hak.bench.trace.TraceSummary;
import hak.cli.command.ReportCommand;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what a trace holds. */
@Command(
    name = "info",
    description = {
      "Shows what a trace holds: calls, sizes, lifetimes, threads, what is alive over time.",
      "",
      "Sizes are those asked for. A lifetime is the number of calls, of any thread, from the"
          + " allocation of a block to its end; a reallocation ends a block and begins another. A"
          + " foreign end is a free or reallocation of a block that another thread had allocated."
    },
    footer = {"  hak trace info lua", "  hak trace info program.hkt.gz --json -"})
final class TraceInfoCommand extends ReportCommand<TraceSummary> {
  @Parameters(
      paramLabel = "TRACE",
      description = "A file (.hkt, .hkt.gz), or the name of a shipped trace.",
      completionCandidates = TraceArgument.Names.class,
      converter = TraceArgument.Converter.class)
  private TraceArgument trace;

  @Override
  protected TraceSummary report(ProgressLine progress) {
    return trace.summary();
  }

  @Override
  protected void print(TraceSummary summary, Page page) {
    TraceTables.print(summary, page);
  }
}
