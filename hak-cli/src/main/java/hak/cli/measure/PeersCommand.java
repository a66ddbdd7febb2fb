package hak.cli.measure;

import hak.bench.PeerReport;
import hak.bench.PeerRequest;
import hak.bench.Peers;
import hak.bench.Ratio;
import hak.bench.ReportJson;
import hak.bench.Workload;
import hak.cli.command.ExitCode;
import hak.cli.output.JsonTarget;
import hak.cli.output.ProgressLine;
import hak.cli.output.TextTable;
import hak.cli.stack.ProfileOption;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares a profile with other allocators. */
@Command(
    name = "peers",
    description = {
      "Compares a profile with other allocators on the same programs, each in processes of its"
          + " own.",
      "",
      "The peers are glibc, mimalloc, jemalloc and tcmalloc under a small C program, which is"
          + " compiled with cc on first use, and the C library called from Java. A peer that is not"
          + " installed is named and left out. Ratios below 1 mean that HAK is faster."
    },
    footer = {
      "  hak peers",
      "  hak peers --workload random-mixed --rounds 20",
      "  hak peers --trace lua my.hkt.gz --profile bare --forks 5 --json peers.json"
    })
public final class PeersCommand implements Callable<Integer> {
  private static final double MEBIBYTE = 1 << 20;

  @Spec private CommandSpec spec;
  @Mixin private ProfileOption profileOption;
  @Mixin private WorkloadOptions options;
  @Mixin private JsonTarget json;

  @Option(
      names = "--forks",
      paramLabel = "N",
      description =
          "How often all processes are started anew (default: ${DEFAULT-VALUE}); intervals are"
              + " between processes from 5 on.")
  private int forks = 1;

  @Override
  public Integer call() {
    json.requireWritable();
    options.atLeastOne("--forks", forks);
    int threads = options.threads();
    int rounds = options.rounds();
    profileOption.profile();
    List<Workload> workloads = options.workloads();
    PeerReport report;
    try (ProgressLine progress = ProgressLine.start(json.isStandardOutput())) {
      report =
          Peers.run(
              new PeerRequest(profileOption.text(), workloads, threads, rounds, forks, progress));
    }
    if (!json.isStandardOutput()) {
      print(report);
    }
    json.write(ReportJson.of(report));
    return ExitCode.FINE;
  }

  private void print(PeerReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "profile %s, %s, threads %d, rounds %d, forks %d%n%n",
        report.profile(), report.jdk(), report.threads(), report.rounds(), report.forks());
    TextTable table =
        new TextTable(
            "workload",
            "allocator",
            ">ns/event",
            ">floor",
            ">peak MiB",
            ">HAK by it",
            "95 %",
            ">above floor");
    for (PeerReport.Row row : report.rows()) {
      row(table, row.workload(), "HAK", row.hak(), null, null);
      for (PeerReport.Comparison peer : row.peers()) {
        row(table, "", peer.peer(), peer.cost(), peer.raw(), peer.aboveFloor());
      }
    }
    table.print(out, "");
    out.println();
    if (report.rows().size() > 1) {
      totals(report, out);
    }
    report.skipped().forEach(peer -> out.printf("left out: %s: %s%n", peer.peer(), peer.reason()));
  }

  private static void row(
      TextTable table,
      String workload,
      String name,
      PeerReport.Cost cost,
      Ratio raw,
      Ratio aboveFloor) {
    table.row(
        workload,
        name,
        TextTable.decimal(cost.nanosPerEvent()),
        TextTable.decimal(cost.floorNanosPerEvent()),
        cost.peakBytes() == null
            ? "-"
            : String.format(Locale.ROOT, "%,.1f", cost.peakBytes() / MEBIBYTE),
        ratio(raw),
        interval(raw),
        ratio(aboveFloor));
  }

  private static void totals(PeerReport report, PrintWriter out) {
    TextTable table =
        new TextTable("geometric mean", ">HAK by it", "95 %", ">above floor", "worst on");
    for (PeerReport.Total total : report.totals()) {
      table.row(
          total.peer(),
          ratio(total.raw()),
          interval(total.raw()),
          ratio(total.aboveFloor()),
          total.worst());
    }
    table.print(out, "");
    out.println();
  }

  private static String ratio(Ratio ratio) {
    return ratio == null ? "" : String.format(Locale.ROOT, "%.3f", ratio.value());
  }

  private static String interval(Ratio ratio) {
    return ratio == null
        ? ""
        : String.format(Locale.ROOT, "%.3f .. %.3f", ratio.low(), ratio.high());
  }
}
