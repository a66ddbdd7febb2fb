package hak.cli.html;

import hak.bench.Ratio;
import hak.bench.ab.AbReport;
import hak.bench.ab.Verdict;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/** The page of an A/B: intervals, hit rates, and the stacks side by side. */
public final class AbPage {
  private static final double MEBIBYTE = 1 << 20;

  private final AbReport report;
  private final Html html = new Html();

  private AbPage(AbReport report) {
    this.report = report;
  }

  /** The whole text. */
  public static String of(AbReport report) {
    AbPage page = new AbPage(report);
    page.write();
    return page.html.toString();
  }

  private void write() {
    PageFrame.begin(html, "A/B of " + report.base().name(), "ab.css");
    html.element("h1", "A/B of " + report.base().name());
    about();
    for (int i = 0; i < report.comparisons().size(); i++) {
      comparison(report.comparisons().get(i), report.changed().get(i));
    }
    PageFrame.end(html);
  }

  private void about() {
    html.element(
        "p",
        String.format(
            Locale.ROOT,
            "%s, %d x %s, load %.1f, JDK %s. %d of %d forks an arm, %d rounds, %d %s, threshold"
                + " %.1f %%.",
            report.date(),
            report.machine().processors(),
            report.machine().processor(),
            report.machine().load(),
            report.jdk(),
            report.forksDone(),
            report.forks(),
            report.rounds(),
            report.threads(),
            report.threads() == 1 ? "thread" : "threads",
            100 * report.threshold()),
        "class",
        "about");
    if (!report.complete()) {
      html.element("p", "Stopped before the end.", "class", "incomplete");
    }
  }

  private void comparison(AbReport.Comparison comparison, AbReport.Stack changed) {
    html.begin("section").element("h2", comparison.name());
    if (comparison.time() != null) {
      measure("time, ns per event", comparison.time(), report.noise().time(), 1, 2);
    }
    if (comparison.memory() != null) {
      measure("memory, peak MiB", comparison.memory(), report.noise().memory(), MEBIBYTE, 1);
    }
    html.element("h3", "Stacks").begin("div", "class", "pair");
    StackPicture.write(
        html, report.base().name(), report.base().description(), changed.description());
    StackPicture.write(html, changed.name(), changed.description(), report.base().description());
    html.end();
    if (!changed.hitRates().isEmpty()) {
      html.element("h3", "Hit rates: requests served, frees taken").begin("div", "class", "pair");
      HitRateBars.write(html, report.base());
      HitRateBars.write(html, changed);
      html.end();
    }
    html.end();
  }

  private void measure(
      String figure, AbReport.Measure measure, AbReport.Spread noise, double unit, int decimals) {
    IntervalPlot plot =
        new IntervalPlot(
            Stream.concat(
                    measure.rows().stream().map(AbReport.Row::ratio), Stream.of(measure.ratio()))
                .toList(),
            report.threshold());
    html.begin("h3").raw(figure + " ");
    badge(measure.verdict());
    html.end().begin("div", "class", "rows");
    DoubleFunction<String> cell =
        value -> String.format(Locale.ROOT, "%,." + decimals + "f", value / unit);
    for (AbReport.Row row : measure.rows()) {
      Ratio spread =
          noise.rows().stream()
              .filter(other -> other.workload().equals(row.workload()))
              .map(AbReport.SpreadRow::ratio)
              .findFirst()
              .orElse(null);
      String figures = cell.apply(row.base()) + " to " + cell.apply(row.value());
      row(plot, row.workload(), figures, row.ratio(), spread, row.adjustedP(), row.verdict());
    }
    row(plot, "geometric mean", "", measure.ratio(), noise.ratio(), measure.p(), measure.verdict());
    plot.scale(html);
    html.end();
  }

  private void row(
      IntervalPlot plot,
      String name,
      String figures,
      Ratio ratio,
      Ratio noise,
      double p,
      Verdict verdict) {
    html.begin("div", "class", "row").begin("div", "class", "label").element("b", name);
    html.element("span", figures).end();
    plot.row(html, ratio, noise, styleOf(verdict));
    html.begin("div", "class", "numbers");
    html.element(
        "span",
        String.format(
            Locale.ROOT,
            "%.3f (%.3f .. %.3f), p %.4f",
            ratio.value(),
            ratio.low(),
            ratio.high(),
            p));
    badge(verdict);
    html.end().end();
  }

  private void badge(Verdict verdict) {
    html.element("span", verdict.toString(), "class", "badge " + styleOf(verdict));
  }

  private static String styleOf(Verdict verdict) {
    return verdict.toString().toLowerCase(Locale.ROOT);
  }
}
