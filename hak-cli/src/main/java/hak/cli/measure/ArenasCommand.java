package hak.cli.measure;

import hak.bench.arena.ArenaReport;
import hak.bench.arena.Arenas;
import hak.cli.command.ReportCommand;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.output.TextTable;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures scopes of arenas. */
@Command(
    name = "arenas",
    description = {
      "Measures what a scope of an arena takes, HAK's and the JDK's: open, some segments of 64"
          + " bytes, close.",
      "",
      "'escaping' is the same with arena and segments stored in fields, as in a program that hands"
          + " them on, so that the JIT compiler cannot keep them in registers. A minute for each"
          + " fork."
    },
    footer = {"  hak arenas", "  hak arenas --forks 5 --json arenas.json"})
public final class ArenasCommand extends ReportCommand<ArenaReport> {
  @Option(
      names = "--segments",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,4,16",
      description = "Segments in a scope (default: ${DEFAULT-VALUE}).")
  private List<Integer> segments;

  @Option(
      names = "--forks",
      paramLabel = "N",
      description = "JVMs for each figure (default: ${DEFAULT-VALUE}).")
  private int forks = 3;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds of 2 ms in a JVM; the fastest counts (default: ${DEFAULT-VALUE}).")
  private int rounds = 500;

  @Override
  protected ArenaReport report(ProgressLine progress) {
    atLeastOne("--forks", forks);
    atLeastOne("--rounds", rounds);
    for (int count : segments) {
      if (count < 1 || count > Arenas.MOST_SEGMENTS) {
        throw badInput("--segments is " + count + "; 1 to " + Arenas.MOST_SEGMENTS, null);
      }
    }
    return Arenas.run(segments, forks, rounds, progress);
  }

  @Override
  protected void print(ArenaReport report, Page page) {
    page.printf("%s, JVMs for each figure: %d%n%n", report.jdk(), report.forks());
    Stream<String> heads = report.segments().stream().map(count -> ">" + count);
    TextTable table =
        new TextTable(Stream.concat(Stream.of("ns of a scope"), heads).toArray(String[]::new));
    for (ArenaReport.Row row : report.rows()) {
      Stream<String> figures = row.nanosPerScope().stream().map(TextTable::decimal);
      table.row(Stream.concat(Stream.of(row.arena()), figures).toArray(String[]::new));
    }
    page.print(table);
  }
}
