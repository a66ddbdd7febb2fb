package hak.cli.measure;

import hak.bench.RunReport;
import hak.bench.RunRequest;
import hak.bench.Runner;
import hak.bench.Workload;
import hak.bench.saved.BaselineReport;
import hak.bench.saved.Figures;
import hak.cli.command.ExitCode;
import hak.cli.command.ReportCommand;
import hak.cli.output.Json;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.stack.ProfileOption;
import hak.cli.stack.WithoutOption;
import hak.core.profile.Profile;
import hak.testkit.HeapWalker;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Replays real programs on a profile. */
@Command(
    name = "run",
    description = {
      "Replays recorded programs on a profile and prints what they cost.",
      "",
      "Times are of rounds of the profile as it is. Hit rates, resident memory, page faults and"
          + " system calls are of further rounds, so that nothing is counted while the clock runs."
          + " All shipped programs take about a minute."
    },
    footer = {
      "  hak run",
      "  hak run --profile bare --trace lua sqlite --verify",
      "  hak run --profile mine.toml --trace my.hkt.gz --threads 4",
      "  hak run --trace node --own-threads",
      "  hak run --workload random-mixed --rounds 20 --json result.json",
      "  hak run --save before; hak run --baseline before",
      "  hak run --profile classic-hakmem --without tls-sll --hits-csv hits.csv"
    })
public final class RunCommand extends ReportCommand<RunReport> {
  @Mixin private ProfileOption profileOption;
  @Mixin private WithoutOption without;
  @Mixin private WorkloadOptions options;
  @Mixin private BaselineOptions baselineOptions;
  @Mixin private HitsCsv hitsCsv;

  @Option(
      names = "--verify",
      description = "One more round checks the content, place and alignment of every block.")
  private boolean verify;

  private BaselineReport baseline;

  @Override
  protected RunReport report(ProgressLine progress) {
    hitsCsv.requireWritable(super.isQuiet());
    baselineOptions.prepare();
    int rounds = atLeastOne("--rounds", options.rounds());
    List<Workload> workloads = options.workloads();
    Profile profile = without.applyTo(profileOption.profile());
    RunReport report =
        Runner.run(new RunRequest(profile, workloads, rounds, verify, progress, HeapWalker::check));
    baseline = baselineOptions.finish(() -> Figures.of(report));
    return report;
  }

  @Override
  protected void print(RunReport report, Page page) {
    new RunTables(page).print(report);
    if (baseline != null) {
      BaselineTable.print(baseline, page);
    }
  }

  @Override
  protected String json(RunReport report) {
    return Json.of(report, "baseline", baseline);
  }

  @Override
  protected boolean isQuiet() {
    return super.isQuiet() || hitsCsv.isStandardOutput();
  }

  @Override
  protected void writeFiles(RunReport report) {
    hitsCsv.write(report.runs());
  }

  @Override
  protected void printFailures(RunReport report, Page errors) {
    for (RunReport.Run run : report.runs()) {
      if (Boolean.FALSE.equals(run.verified())) {
        errors.printError("hak: " + run.workload() + ": " + run.verificationFailure());
      }
    }
  }

  @Override
  protected int exitCode(RunReport report) {
    return report.passed() ? ExitCode.FINE : ExitCode.FAILED;
  }
}
