package hak.cli.measure;

import hak.bench.ReportJson;
import hak.bench.RunReport;
import hak.bench.RunRequest;
import hak.bench.Runner;
import hak.bench.Workload;
import hak.cli.command.ExitCode;
import hak.cli.output.JsonTarget;
import hak.cli.output.ProgressLine;
import hak.cli.stack.ProfileOption;
import hak.core.profile.Profile;
import hak.testkit.HeapWalker;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Replays real programs on a profile. */
@Command(
    name = "run",
    description = {
      "Replays recorded programs on a profile and prints what they cost.",
      "",
      "Times are of rounds of the profile as it is. Hit rates, resident memory, page faults and"
          + " system calls are of further rounds, so that nothing is counted while the clock runs."
    },
    footer = {
      "  hak run",
      "  hak run --profile bare --trace lua sqlite --verify",
      "  hak run --profile mine.toml --trace my.hkt.gz --threads 4",
      "  hak run --workload random-mixed --rounds 20 --json result.json"
    })
public final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProfileOption profileOption;
  @Mixin private WorkloadOptions options;
  @Mixin private JsonTarget json;

  @Option(
      names = "--verify",
      description = "One more round checks the content, place and alignment of every block.")
  private boolean verify;

  @Override
  public Integer call() {
    json.requireWritable();
    int threads = options.threads();
    int rounds = options.rounds();
    Profile profile = profileOption.profile();
    List<Workload> workloads = options.workloads();
    RunReport report;
    try (ProgressLine progress = ProgressLine.start(json.isStandardOutput())) {
      report =
          Runner.run(
              new RunRequest(
                  profile, workloads, threads, rounds, verify, progress, HeapWalker::check));
    }
    if (!json.isStandardOutput()) {
      new RunTables(spec.commandLine().getOut()).print(report);
    }
    json.write(ReportJson.of(report));
    return report.passed() ? ExitCode.FINE : failed(report);
  }

  private int failed(RunReport report) {
    PrintWriter err = spec.commandLine().getErr();
    spec.commandLine().getOut().flush();
    for (RunReport.Run run : report.runs()) {
      if (Boolean.FALSE.equals(run.verified())) {
        err.println("hak: " + run.workload() + ": " + run.verificationFailure());
      }
    }
    return ExitCode.FAILED;
  }
}
