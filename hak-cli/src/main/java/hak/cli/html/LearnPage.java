package hak.cli.html;

import hak.bench.ab.AbReport;
import hak.bench.shadow.LearnCurves;
import hak.bench.shadow.LearnCurves.Curve;
import hak.bench.shadow.LearnReport;
import java.util.List;
import java.util.Locale;

/** The page of what was learned: costs by window, states below them, decisions with reasons. */
public final class LearnPage {
  private final LearnReport report;
  private final LearnCurves curves;
  private final Html html = new Html();
  private final HtmlTable table = new HtmlTable(html);

  private LearnPage(LearnReport report, LearnCurves curves) {
    this.report = report;
    this.curves = curves;
  }

  /**
   * The whole text.
   *
   * @param check the A/B of what was learned; null if there is none
   */
  public static String of(LearnReport report, LearnCurves curves, AbReport check) {
    LearnPage page = new LearnPage(report, curves);
    page.write(check);
    return page.html.toString();
  }

  private void write(AbReport check) {
    String title = "Learned from " + report.workload();
    PageFrame.begin(html, title, "ab.css", "learn.css");
    html.element("h1", title);
    html.element(
        "p",
        String.format(
            Locale.ROOT,
            "Profile %s, %,d calls in %d windows. Chosen: %s; in the profile: %s.",
            report.profile(),
            report.calls(),
            report.windows(),
            name(report.chosen()),
            name(report.first())),
        "class",
        "about");
    if (check != null) {
      CheckLine.write(html, check);
    }
    knobs();
    costs();
    arms();
    steps();
    classes();
    PageFrame.end(html);
  }

  private static String name(int capacity) {
    return capacity == 0 ? "no cache" : "tls-sll of " + capacity;
  }

  private void costs() {
    List<List<Double>> series = curves.curves().stream().map(Curve::costs).toList();
    if (series.getFirst().isEmpty()) {
      return;
    }
    LinePlot plot = new LinePlot(series);
    html.begin("section").element("h2", "Cost of a call by window");
    html.element(
        "p", "In parts of a call without a cache, " + plot.range() + ".", "class", "about");
    html.begin("div", "class", "legend");
    for (int i = 0; i < curves.curves().size(); i++) {
      html.element("span", name(curves.curves().get(i).capacity()), "class", "key series-" + i);
    }
    html.end();
    plot.write(html, series, "cost of a call by window with each capacity");
    states(series.getFirst().size());
    html.end();
  }

  /** A strip as long as the picture: the round that counts, then each state. */
  private void states(int windows) {
    html.begin("div", "class", "states");
    state("counting", "counts", curves.counted());
    List<LearnReport.Step> steps = report.steps();
    for (int i = 0; i < steps.size(); i++) {
      long begin = steps.get(i).window();
      long end = i + 1 < steps.size() ? steps.get(i + 1).window() : windows - curves.counted();
      state(steps.get(i).state().toLowerCase(Locale.ROOT), steps.get(i).state(), end - begin);
    }
    html.end();
  }

  private void state(String style, String name, long windows) {
    if (windows > 0) {
      html.element(
          "span",
          name,
          "class",
          "state " + style,
          "style",
          "flex: " + windows + " 1 0",
          "title",
          name);
    }
  }

  private void knobs() {
    table.write(
        "What a profile should set",
        List.of("option", "value", "in the profile", "why"),
        report.knobs().stream()
            .map(knob -> List.of(knob.key(), knob.value(), knob.was(), knob.why())));
  }

  private void arms() {
    table.write(
        "Capacities",
        List.of("capacity", "cost expected", "windows won", "hits", "taken", "bytes held"),
        report.arms().stream()
            .map(arm ->
                List.of(
                    name(arm.capacity()),
                    percent(arm.cost()),
                    String.valueOf(arm.windowsWon()),
                    percent(arm.hitRate()),
                    percent(arm.takenRate()),
                    grouped(arm.heldBytes()))));
  }

  private void steps() {
    table.write(
        "Decisions",
        List.of("window", "state", "in force", "why"),
        report.steps().stream()
            .map(step ->
                List.of(
                    String.valueOf(step.window()),
                    step.state(),
                    name(step.capacity()),
                    step.reason())));
  }

  private void classes() {
    table.write(
        "How blocks come and go",
        List.of("block bytes", "tier", "allocations", "pattern", "sure", "why"),
        report.classes().stream()
            .map(of ->
                List.of(
                    grouped(of.blockBytes()),
                    of.tier(),
                    grouped(of.allocations()),
                    of.pattern().toLowerCase(Locale.ROOT),
                    percent(of.confidence()),
                    of.evidence())));
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
