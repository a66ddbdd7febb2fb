package hak.cli.measure;

import hak.bench.Compose;
import hak.bench.ComposeReport;
import hak.bench.ComposeRequest;
import hak.bench.RunRequest;
import hak.cli.command.ExitCode;
import hak.cli.output.Json;
import hak.cli.output.JsonTarget;
import hak.cli.output.ProgressLine;
import hak.cli.output.TextTable;
import hak.cli.stack.ProfileOption;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures what composition costs. */
@Command(
    name = "compose",
    description = {
      "Measures what composition costs on random-mixed.",
      "",
      "The profile against itself (the noise), against itself with 4 do-nothing boxes in front, and"
          + " several stacks in one JVM, each against the same stack alone in a JVM. Ratios near 1"
          + " mean that it costs nothing."
    },
    footer = {"  hak compose", "  hak compose --profile bare --rounds 20 --forks 5"})
public final class ComposeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProfileOption profileOption;
  @Mixin private JsonTarget json;

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
  public Integer call() {
    json.requireWritable();
    if (rounds < 1 || forks < 1) {
      throw new ParameterException(spec.commandLine(), "--rounds and --forks must be 1 or more");
    }
    profileOption.profile();
    ComposeReport report;
    try (ProgressLine progress = ProgressLine.start(json.isStandardOutput())) {
      report = Compose.run(new ComposeRequest(profileOption.text(), rounds, forks, progress));
    }
    if (!json.isStandardOutput()) {
      print(report);
    }
    json.write(Json.of(report));
    return ExitCode.FINE;
  }

  private void print(ComposeReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("profile %s, %s%n%n", profileOption.text(), report.jdk());
    TextTable table =
        new TextTable("random-mixed", "stack", ">ns/event", ">base", ">ratio", "95 %");
    row(table, "noise", report.noise());
    row(table, "do-nothing boxes", report.doNothingBoxes());
    report.crowd().forEach(row -> row(table, "among others", row));
    table.print(out, "");
  }

  private static void row(TextTable table, String what, ComposeReport.Row row) {
    table.row(
        what,
        row.name(),
        TextTable.decimal(row.nanosPerEvent()),
        TextTable.decimal(row.baseNanosPerEvent()),
        String.format(Locale.ROOT, "%.3f", row.ratio().value()),
        String.format(Locale.ROOT, "%.3f .. %.3f", row.ratio().low(), row.ratio().high()));
  }
}
