package hak.cli.html;

import hak.bench.Change;
import hak.bench.PeerReport;
import hak.bench.Ratio;
import hak.bench.RunReport;
import hak.bench.latency.LatencyReport;
import hak.bench.score.ScorecardReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The page of a scorecard: ratios with intervals, memory, single calls, hit rates. */
public final class ScorecardPage {
  private static final double MEBIBYTE = 1 << 20;

  /** What rounds of one process, or forks, must differ by: the band around 1. */
  private static final double BAND = 0.05;

  private static final double BAND_OF_FORKS = 0.01;
  private static final double HEIGHT = 30;

  private final ScorecardReport report;
  private final Html html = new Html();

  private ScorecardPage(ScorecardReport report) {
    this.report = report;
  }

  /** The whole text. */
  public static String of(ScorecardReport report) {
    ScorecardPage page = new ScorecardPage(report);
    page.write();
    return page.html.toString();
  }

  private void write() {
    String title = "Scorecard of " + report.peers().profile();
    PageFrame.begin(html, title, "ab.css", "scorecard.css");
    html.element("h1", title);
    about();
    report.peers().totals().forEach(this::peer);
    memory();
    latency();
    hitRates();
    PageFrame.end(html);
  }

  private void about() {
    html.element(
        "p",
        String.format(
            Locale.ROOT,
            "%s, commit %s, %d x %s, load %.1f, JDK %s. Forks %d, rounds %d. HAK by the fastest"
                + " peer in C of each workload, geometric mean: %.2f.",
            report.from().date(),
            report.from().commit(),
            report.from().machine().processors(),
            report.from().machine().processor(),
            report.from().machine().load(),
            report.from().jdk(),
            report.peers().forks(),
            report.peers().rounds(),
            report.meanByBest()),
        "class",
        "about");
    report
        .peers()
        .skipped()
        .forEach(peer ->
            html.element(
                "p", "Left out: " + peer.peer() + ": " + peer.reason(), "class", "incomplete"));
  }

  /** HAK by one peer on each workload. */
  private void peer(PeerReport.Total total) {
    List<PeerReport.Row> rows = report.peers().rows();
    IntervalPlot plot =
        new IntervalPlot(
            Stream.concat(
                    rows.stream().map(row -> of(row, total.peer()).raw()), Stream.of(total.raw()))
                .toList(),
            report.peers().forks() < 5 ? BAND : BAND_OF_FORKS);
    html.begin("section").element("h2", "Time by that of " + total.peer());
    html.begin("div", "class", "rows");
    for (PeerReport.Row row : rows) {
      PeerReport.Comparison comparison = of(row, total.peer());
      row(
          plot,
          row.workload(),
          String.format(
              Locale.ROOT,
              "%.1f by %.1f ns",
              row.hak().nanosPerEvent(),
              comparison.cost().nanosPerEvent()),
          comparison.raw(),
          comparison.hakIs());
    }
    row(plot, "geometric mean", "", total.raw(), null);
    plot.scale(html);
    html.end().end();
  }

  private static PeerReport.Comparison of(PeerReport.Row row, String peer) {
    return row.peers().stream().filter(each -> each.peer().equals(peer)).findFirst().orElseThrow();
  }

  private void row(IntervalPlot plot, String name, String figures, Ratio ratio, Change hakIs) {
    String style = styleOf(hakIs);
    html.begin("div", "class", "row").begin("div", "class", "label").element("b", name);
    html.element("span", figures).end();
    plot.row(html, ratio, null, style);
    html.begin("div", "class", "numbers");
    html.element(
        "span",
        String.format(
            Locale.ROOT, "%.2f (%.2f .. %.2f)", ratio.value(), ratio.low(), ratio.high()));
    html.element("span", hakIs == null ? "" : hakIs.toString(), "class", "badge " + style);
    html.end().end();
  }

  private static String styleOf(Change change) {
    return switch (change) {
      case FASTER -> "go";
      case SLOWER -> "no-go";
      case WITHIN_NOISE -> "neutral";
      case null -> "neutral";
    };
  }

  private void memory() {
    html.begin("section").element("h2", "Memory, peak MiB");
    List<String> peers = report.peers().totals().stream().map(PeerReport.Total::peer).toList();
    table(
        Stream.concat(Stream.of("workload", "HAK"), peers.stream()).toList(),
        report.peers().rows().stream()
            .map(row ->
                Stream.concat(
                        Stream.of(row.workload(), mebibytes(row.hak().peakBytes())),
                        row.peers().stream().map(peer -> mebibytes(peer.cost().peakBytes())))
                    .toList())
            .toList());
    html.element("h3", "Resident bytes of the stack over one replay");
    html.begin("div", "class", "over-time");
    for (RunReport.Run run : report.run().runs()) {
      if (run.rssBytes() != null && run.rssBytes().overTime().size() > 1) {
        overTime(run.workload(), run.rssBytes().overTime());
      }
    }
    html.end().end();
  }

  private static String mebibytes(Long bytes) {
    return bytes == null ? "-" : String.format(Locale.ROOT, "%,.1f", bytes / MEBIBYTE);
  }

  private void overTime(String workload, List<Long> bytes) {
    long most = bytes.stream().mapToLong(Long::longValue).max().orElseThrow();
    html.begin("div").element("b", workload).element("span", mebibytes(most) + " MiB");
    String points =
        IntStream.range(0, bytes.size())
            .mapToObj(i ->
                String.format(
                    Locale.ROOT, "%d,%.1f", i, HEIGHT - HEIGHT * bytes.get(i) / Math.max(1, most)))
            .reduce((one, other) -> one + " " + other)
            .orElseThrow();
    html.begin(
            "svg",
            "viewBox",
            "0 -1 " + (bytes.size() - 1) + " " + (int) (HEIGHT + 2),
            "preserveAspectRatio",
            "none",
            "role",
            "img",
            "aria-label",
            workload + ", at most " + mebibytes(most) + " MiB")
        .begin("polyline", "points", points)
        .end()
        .end()
        .end();
  }

  private void latency() {
    html.begin("section").element("h2", "Single calls, ns");
    for (LatencyReport.Run run : report.latency().runs()) {
      html.element("h3", run.workload());
      List<String> heads = Stream.concat(Stream.of(""), LatencyCells.HEADS.stream()).toList();
      table(heads, LatencyCells.rows(run));
    }
    html.end();
  }

  private void table(List<String> heads, List<List<String>> rows) {
    html.begin("div", "class", "wide").begin("table").begin("tr");
    heads.forEach(head -> html.element("th", head));
    html.end();
    for (List<String> row : rows) {
      html.begin("tr");
      row.forEach(cell -> html.element("td", cell));
      html.end();
    }
    html.end().end();
  }

  private void hitRates() {
    List<RunReport.Run> counted =
        report.run().runs().stream()
            .filter(run -> Optional.ofNullable(run.boxes()).filter(b -> !b.isEmpty()).isPresent())
            .toList();
    if (counted.isEmpty()) {
      return;
    }
    html.begin("section").element("h2", "Hit rates: requests served, frees taken");
    html.begin("div", "class", "pair");
    for (RunReport.Run run : counted) {
      html.begin("div", "class", "stack");
      HitRateBars.write(html, run.workload(), run.boxes());
      html.end();
    }
    html.end().end();
  }
}
