package hak.cli.measure;

import hak.bench.latency.Latency;
import hak.bench.latency.LatencyReport;
import hak.bench.latency.LatencyRequest;
import hak.cli.command.ReportCommand;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.stack.ProfileOption;
import hak.cli.stack.WithoutOption;
import hak.core.profile.Profile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times single calls. */
@Command(
    name = "latency",
    description = {
      "Times every call of a program: percentiles by operation and size, and the slowest calls with"
          + " what they did.",
      "",
      "Reading the clock takes some 20 to 40 ns, which are subtracted; so a call of a few ns is"
          + " told to some ns. The row 'no allocator' is the same loop with nothing between two"
          + " readings: what the machine does. The slowest calls are those whose least time over"
          + " all rounds is longest, so what interrupts a thread is left out; one more round looks"
          + " at what changed while each of them ran."
    },
    footer = {
      "  hak latency --workload random-mixed",
      "  hak latency --profile speed --trace node lua --rounds 20",
      "  hak latency --workload larson --trim --classes --json latency.json"
    })
public final class LatencyCommand extends ReportCommand<LatencyReport> {
  @Mixin private ProfileOption profileOption;
  @Mixin private WithoutOption without;
  @Mixin private WorkloadOptions options;

  @Option(
      names = "--trim",
      description =
          "Give all free memory back before each round: then the times have what getting it again"
              + " takes.")
  private boolean trims;

  @Option(names = "--classes", description = "A row for each size class, not for a range of them.")
  private boolean classes;

  @Override
  protected LatencyReport report(ProgressLine progress) {
    int rounds = atLeastOne("--rounds", options.rounds());
    Profile profile = without.applyTo(profileOption.profile());
    return Latency.run(new LatencyRequest(profile, options.workloads(), rounds, trims, progress));
  }

  @Override
  protected void print(LatencyReport report, Page page) {
    new LatencyTables(page, classes).print(report);
  }
}
