package hak.cli.measure;

import hak.bench.PeerReport;
import hak.bench.PeerRequest;
import hak.bench.Peers;
import hak.bench.Ratio;
import hak.bench.Workload;
import hak.bench.buffer.JavaPeer;
import hak.bench.saved.BaselineReport;
import hak.bench.saved.Figures;
import hak.cli.command.ReportCommand;
import hak.cli.output.Json;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.output.RatioCells;
import hak.cli.output.TextTable;
import hak.cli.stack.ProfileOption;
import hak.core.profile.Profile;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares a profile with other allocators. */
@Command(
    name = "peers",
    description = {
      "Compares a profile with other allocators on the same programs, each in processes of its"
          + " own.",
      "",
      "The peers are glibc, mimalloc, jemalloc and tcmalloc under a small C program, which is"
          + " compiled with cc on first use, and the C library called from Java. A peer that is not"
          + " installed is named and left out. Ratios below 1 mean that HAK is faster: it is said"
          + " to be where the interval leaves out 1 by more than 5 %%, from five forks on by 1 %%,"
          + " and the Mann-Whitney test, corrected for the number of rows, is below 5 %%. All"
          + " shipped programs take several minutes for each fork, one program well below a minute."
    },
    footer = {
      "  hak peers",
      "  hak peers --workload random-mixed --rounds 20",
      "  hak peers --workload larson xmalloc remote-50 --threads 2 --forks 10",
      "  hak peers --trace lua my.hkt.gz --profile bare --forks 5 --json peers.json",
      "  hak peers --workload websocket --also netty-pooled netty-adaptive"
    })
public final class PeersCommand extends ReportCommand<PeerReport> {
  private static final double MEBIBYTE = 1 << 20;
  private static final int NANOS_COLUMN = 2;

  @Mixin private ProfileOption profileOption;
  @Mixin private WorkloadOptions options;
  @Mixin private BaselineOptions baselineOptions;

  @Option(
      names = "--forks",
      paramLabel = "N",
      description =
          "How often all processes are started anew (default: ${DEFAULT-VALUE}); intervals are"
              + " between processes from 5 on.")
  private int forks = 1;

  @Option(
      names = "--also",
      arity = "1..*",
      paramLabel = "PEER",
      completionCandidates = JavaPeerNames.class,
      description = "Allocators of Java programs beside those: ${COMPLETION-CANDIDATES}.")
  private List<String> also = List.of();

  private BaselineReport baseline;

  @Override
  protected PeerReport report(ProgressLine progress) {
    atLeastOne("--forks", forks);
    int rounds = atLeastOne("--rounds", options.rounds());
    List<Workload> workloads = options.workloads();
    List<JavaPeer> peers = javaPeers();
    baselineOptions.prepare();
    Profile profile = profileOption.profile();
    PeerReport report =
        Peers.run(new PeerRequest(profile, workloads, rounds, forks, peers, progress));
    baseline = baselineOptions.finish(() -> Figures.of(report));
    return report;
  }

  private List<JavaPeer> javaPeers() {
    try {
      return JavaPeerNames.find(also);
    } catch (IllegalArgumentException e) {
      throw badInput("--also: " + e.getMessage(), e);
    }
  }

  @Override
  protected String json(PeerReport report) {
    return Json.of(report, "baseline", baseline);
  }

  @Override
  protected void print(PeerReport report, Page page) {
    page.printf(
        "profile %s, %s, rounds %d, forks %d%n%n",
        report.profile(), report.jdk(), report.rounds(), report.forks());
    TextTable table =
        new TextTable(
            "workload",
            "allocator",
            ">ns/event",
            ">floor",
            ">M events/s",
            ">peak MiB",
            ">HAK by it",
            "95 %",
            "HAK is",
            ">above floor");
    for (PeerReport.Row row : report.rows()) {
      double best = bestNanos(row);
      row(table, row, row.workload(), "HAK", row.hak(), null, best);
      for (PeerReport.Comparison peer : row.peers()) {
        row(table, row, "", peer.peer(), peer.cost(), peer, best);
      }
    }
    page.print(table);
    page.println();
    repeats(report, page);
    calls(report, page);
    if (report.rows().size() > 1) {
      totals(report, page);
    }
    report.skipped().forEach(peer -> page.printf("left out: %s: %s%n", peer.peer(), peer.reason()));
    if (baseline != null) {
      BaselineTable.print(baseline, page);
    }
  }

  private static void repeats(PeerReport report, Page page) {
    for (PeerReport.Row row : report.rows()) {
      RepeatedRounds.print(page, row.workload(), row.repeatedRounds(), row.movedRounds());
    }
    if (report.rows().stream().anyMatch(row -> row.repeatedRounds() > 0)) {
      page.println();
    }
  }

  private static void calls(PeerReport report, Page page) {
    CallsTable table = new CallsTable();
    for (PeerReport.Row row : report.rows()) {
      table.add(row.workload(), row.threads(), row.events(), row.remoteShare(), row.callSum());
    }
    table.print(page);
  }

  private static double bestNanos(PeerReport.Row row) {
    return row.peers().stream()
        .mapToDouble(peer -> peer.cost().nanosPerEvent())
        .reduce(row.hak().nanosPerEvent(), Math::min);
  }

  private static void row(
      TextTable table,
      PeerReport.Row row,
      String workload,
      String name,
      PeerReport.Cost cost,
      PeerReport.Comparison comparison,
      double best) {
    Ratio raw = comparison == null ? null : comparison.raw();
    table.row(
        workload,
        name,
        TextTable.decimal(cost.nanosPerEvent()),
        TextTable.decimal(cost.floorNanosPerEvent()),
        CallsTable.millionsPerSecond(row.threads(), cost.nanosPerEvent()),
        cost.peakBytes() == null
            ? "-"
            : String.format(Locale.ROOT, "%,.1f", cost.peakBytes() / MEBIBYTE),
        RatioCells.value(raw),
        RatioCells.interval(raw),
        comparison == null ? "" : comparison.hakIs().toString(),
        RatioCells.value(comparison == null ? null : comparison.aboveFloor()));
    if (cost.nanosPerEvent() == best) {
      table.markBest(NANOS_COLUMN);
    }
  }

  private static void totals(PeerReport report, Page page) {
    TextTable table =
        new TextTable("geometric mean", ">HAK by it", "95 %", ">above floor", "worst on");
    for (PeerReport.Total total : report.totals()) {
      table.row(
          total.peer(),
          RatioCells.value(total.raw()),
          RatioCells.interval(total.raw()),
          RatioCells.value(total.aboveFloor()),
          total.worst());
    }
    page.print(table);
    page.println();
  }
}
