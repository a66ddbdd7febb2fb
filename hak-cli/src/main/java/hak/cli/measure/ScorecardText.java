package hak.cli.measure;

import hak.bench.PeerReport;
import hak.bench.Ratio;
import hak.bench.RunReport;
import hak.bench.latency.LatencyReport;
import hak.bench.score.ScorecardReport;
import hak.cli.html.LatencyCells;
import hak.core.LayerCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A scorecard as Markdown. */
final class ScorecardText {
  private static final double MEBIBYTE = 1 << 20;

  private final ScorecardReport report;
  private final StringBuilder text = new StringBuilder();

  private ScorecardText(ScorecardReport report) {
    this.report = report;
  }

  /** The whole text. */
  static String of(ScorecardReport report) {
    ScorecardText scorecard = new ScorecardText(report);
    scorecard.head();
    scorecard.times();
    scorecard.memory();
    scorecard.latency();
    scorecard.hitRates();
    return scorecard.text.toString();
  }

  @SuppressWarnings("AnnotateFormatMethod") // every format is here
  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private void row(Stream<String> cells) {
    text.append(cells.collect(Collectors.joining(" | ", "| ", " |"))).append('\n');
  }

  private void heads(List<String> heads) {
    row(heads.stream());
    row(heads.stream().map(_ -> "---"));
  }

  private void head() {
    line("# Scorecard");
    line("");
    line(
        "`./hak scorecard%s`, profile `%s`, %s, commit %s, %d x %s, load %.1f, JDK %s, forks %d,"
            + " rounds %d.",
        report.quick() ? " --quick" : "",
        report.peers().profile(),
        report.from().date(),
        report.from().commit(),
        report.from().machine().processors(),
        report.from().machine().processor(),
        report.from().machine().load(),
        report.from().jdk(),
        report.peers().forks(),
        report.peers().rounds());
    line(
        "How it was measured is in [BENCHMARKS.md](BENCHMARKS.md). Ratios below 1: HAK takes"
            + " less.");
    report
        .peers()
        .skipped()
        .forEach(peer -> line("%nLeft out: %s: %s.", peer.peer(), peer.reason()));
  }

  private List<String> peers() {
    return report.peers().totals().stream().map(PeerReport.Total::peer).toList();
  }

  private void times() {
    line("%n## Time%n");
    line(
        "HAK's nanoseconds per event, and by those of each peer with a 95 %% interval; **bold** is"
            + " the fastest peer in C of the row.%n");
    heads(Stream.concat(Stream.of("workload", "threads", "HAK ns"), peers().stream()).toList());
    for (PeerReport.Row row : report.peers().rows()) {
      row(
          Stream.concat(
              Stream.of(
                  "`" + row.workload() + "`",
                  Integer.toString(row.threads()),
                  decimal(row.hak().nanosPerEvent())),
              row.peers().stream().map(peer -> ratio(row, peer))));
    }
    row(
        Stream.concat(
            Stream.of("geometric mean", "", ""),
            report.peers().totals().stream().map(total -> ratio(total.raw()))));
    row(
        Stream.concat(
            Stream.of("worst on", "", ""),
            report.peers().totals().stream().map(total -> "`" + total.worst() + "`")));
    report.best().stream()
        .max((one, other) -> Double.compare(one.ratio().value(), other.ratio().value()))
        .ifPresent(worst ->
            line(
                "%nHAK by the fastest peer in C of each row: geometric mean %s, worst %s (%s on"
                    + " `%s`).",
                decimal(report.meanByBest()),
                decimal(worst.ratio().value()),
                worst.peer(),
                worst.workload()));
  }

  private String ratio(PeerReport.Row row, PeerReport.Comparison peer) {
    boolean isBest =
        report.best().contains(new ScorecardReport.Best(row.workload(), peer.peer(), peer.raw()));
    return (isBest ? "**" : "") + ratio(peer.raw()) + (isBest ? "**" : "") + ", " + peer.hakIs();
  }

  private static String ratio(Ratio ratio) {
    return String.format(
        Locale.ROOT, "%.2f (%.2f .. %.2f)", ratio.value(), ratio.low(), ratio.high());
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }

  private void memory() {
    line("%n## Memory%n%nPeak resident MiB.%n");
    heads(Stream.concat(Stream.of("workload", "HAK"), peers().stream()).toList());
    for (PeerReport.Row row : report.peers().rows()) {
      row(
          Stream.concat(
              Stream.of("`" + row.workload() + "`", mebibytes(row.hak().peakBytes())),
              row.peers().stream().map(peer -> mebibytes(peer.cost().peakBytes()))));
    }
  }

  private static String mebibytes(Long bytes) {
    return bytes == null ? "-" : String.format(Locale.ROOT, "%,.1f", bytes / MEBIBYTE);
  }

  private void latency() {
    line("%n## Single calls%n%nNanoseconds, what the clock takes taken off.");
    for (LatencyReport.Run run : report.latency().runs()) {
      line("%n`%s`, threads %d%n", run.workload(), run.threads());
      heads(Stream.concat(Stream.of("call"), LatencyCells.HEADS.stream()).toList());
      LatencyCells.rows(run).forEach(row -> row(row.stream()));
    }
  }

  private void hitRates() {
    List<RunReport.Run> runs =
        report.run().runs().stream()
            .filter(run -> run.boxes() != null && !run.boxes().isEmpty())
            .toList();
    if (runs.isEmpty()) {
      return;
    }
    line(
        "%n## Hit rates%n%nOf each layer the requests that it served and the frees that it"
            + " took.%n");
    List<String> heads = new ArrayList<>(List.of("workload"));
    runs.getFirst().boxes().forEach(box -> heads.add("`" + box.id() + "`"));
    heads(heads);
    for (RunReport.Run run : runs) {
      row(
          Stream.concat(
              Stream.of("`" + run.workload() + "`"),
              run.boxes().stream().map(ScorecardText::hits)));
    }
  }

  private static String hits(LayerCount box) {
    return percent(box.hits(), box.pops()) + ", " + percent(box.accepted(), box.pushes());
  }

  private static String percent(long part, long whole) {
    return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }
}
