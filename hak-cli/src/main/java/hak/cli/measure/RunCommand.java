package hak.cli.measure;

import hak.bench.RunReport;
import hak.bench.RunRequest;
import hak.bench.Runner;
import hak.bench.Workload;
import hak.cli.command.ExitCode;
import hak.cli.command.ReportCommand;
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
      "  hak run --workload random-mixed --rounds 20 --json result.json",
      "  hak run --profile classic-hakmem --without tls-sll --hits-csv hits.csv"
    })
public final class RunCommand extends ReportCommand<RunReport> {
  @Mixin private ProfileOption profileOption;
  @Mixin private WithoutOption without;
  @Mixin private WorkloadOptions options;
  @Mixin private HitsCsv hitsCsv;

  @Option(
      names = "--verify",
      description = "One more round checks the content, place and alignment of every block.")
  private boolean verify;

  @Override
  protected RunReport report(ProgressLine progress) {
    hitsCsv.requireWritable(super.isQuiet());
    int rounds = atLeastOne("--rounds", options.rounds());
    List<Workload> workloads = options.workloads();
    Profile profile = without.applyTo(profileOption.profile());
    return Runner.run(
        new RunRequest(profile, workloads, rounds, verify, progress, HeapWalker::check));
  }

  @Override
  protected void print(RunReport report, Page page) {
    new RunTables(page).print(report);
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
