package hak.cli.measure;

import hak.bench.Compose;
import hak.bench.ComposeReport;
import hak.bench.ComposeRequest;
import hak.bench.RunRequest;
import hak.cli.command.ReportCommand;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.output.RatioCells;
import hak.cli.output.TextTable;
import hak.cli.stack.ProfileOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what composition costs. */
@Command(
    name = "compose",
    description = {
      "Measures what composition costs on random-mixed.",
      "",
      "The profile against itself (the noise), against itself with 4 do-nothing boxes in front, and"
          + " several stacks in one JVM, each against the same stack alone in a JVM. Ratios near 1"
          + " mean that it costs nothing. It takes about a minute for each fork."
    },
    footer = {"  hak compose", "  hak compose --profile bare --rounds 20 --forks 5"})
public final class ComposeCommand extends ReportCommand<ComposeReport> {
  @Mixin private ProfileOption profileOption;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Timed rounds in one process (default: ${DEFAULT-VALUE}).")
  private int rounds = RunRequest.DEFAULT_ROUNDS;

  @Option(
      names = "--forks",
      paramLabel = "N",
      description = "How often all processes are started anew (default: ${DEFAULT-VALUE}).")
  private int forks = 1;

  @Override
  protected ComposeReport report(ProgressLine progress) {
    if (rounds < 1 || forks < 1) {
      throw badInput("--rounds and --forks must be 1 or more", null);
    }
    return Compose.run(new ComposeRequest(profileOption.profile(), rounds, forks, progress));
  }

  @Override
  protected void print(ComposeReport report, Page page) {
    page.printf("profile %s, %s%n%n", profileOption.text(), report.jdk());
    TextTable table =
        new TextTable("random-mixed", "stack", ">ns/event", ">base", ">ratio", "95 %");
    row(table, "noise", report.noise());
    row(table, "do-nothing boxes", report.doNothingBoxes());
    report.crowd().forEach(row -> row(table, "among others", row));
    page.print(table);
  }

  private static void row(TextTable table, String what, ComposeReport.Row row) {
    table.row(
        what,
        row.name(),
        TextTable.decimal(row.nanosPerEvent()),
        TextTable.decimal(row.baseNanosPerEvent()),
        RatioCells.value(row.ratio()),
        RatioCells.interval(row.ratio()));
  }
}
