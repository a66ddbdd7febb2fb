package hak.cli.html;

import hak.bench.ab.AbReport;
import hak.bench.live.LearnerCost;
import hak.bench.live.LiveReport;
import hak.bench.live.LiveSample;
import hak.bench.live.LiveStep;
import hak.core.Policy;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The page of learners that were watched: each value over time, memory beside it, decisions. */
public final class LivePage {
  private static final double MIB = 1 << 20;

  private final LiveReport report;
  private final Html html = new Html();
  private final HtmlTable table = new HtmlTable(html);

  private LivePage(LiveReport report) {
    this.report = report;
  }

  /**
   * The whole text.
   *
   * @param cost what the learners cost; null if that was not measured
   * @param check the A/B of what was learned; null if there is none
   */
  public static String of(LiveReport report, LearnerCost cost, AbReport check) {
    LivePage page = new LivePage(report);
    page.write(cost, check);
    return page.html.toString();
  }

  private void write(LearnerCost cost, AbReport check) {
    String title = "Learners on " + report.workload();
    PageFrame.begin(html, title, "ab.css", "learn.css", "live.css");
    html.element("h1", title);
    html.element(
        "p",
        String.format(
            Locale.ROOT,
            "Profile %s, %.0f s%s: %,d decisions.",
            report.profile(),
            report.seconds(),
            report.complete() ? "" : ", ended before its time",
            report.generation()),
        "class",
        "about");
    if (check != null) {
      CheckLine.write(html, check);
    }
    if (cost != null) {
      html.element("p", "Cost: " + cost.text() + ".", "class", "check");
    }
    report.notes().forEach(note -> html.element("p", note, "class", "note"));
    for (Policy.Setting setting : report.settings()) {
      values(setting);
    }
    learners();
    if (!report.settings().isEmpty()) {
      settings();
    }
    if (!report.advice().isEmpty()) {
      advice();
    }
    steps();
    PageFrame.end(html);
  }

  private void values(Policy.Setting setting) {
    html.begin("section").element("h2", setting.key() + ": " + setting.value());
    html.begin("div", "class", "pair");
    plot("in force", report.values(setting.key()).stream().map(Long::doubleValue).toList(), 0);
    plot("resident, MiB", of(sample -> sample.residentBytes() / MIB), 1);
    html.end();
    html.element(
        "p",
        String.format(Locale.ROOT, "From the begin to %.0f s.", report.seconds()),
        "class",
        "about");
    html.end();
  }

  private List<Double> of(ToDoubleFunction<LiveSample> figure) {
    return report.samples().stream().mapToDouble(figure).boxed().toList();
  }

  private void plot(String name, List<Double> values, int decimals) {
    double least = values.stream().mapToDouble(value -> value).min().orElseThrow();
    double most = values.stream().mapToDouble(value -> value).max().orElseThrow();
    String number = "%,." + decimals + "f";
    html.begin("div");
    html.element(
        "h4", String.format(Locale.ROOT, "%s: " + number + " to " + number, name, least, most));
    new LinePlot(List.of(values)).write(html, List.of(values), name + " over time");
    html.end();
  }

  private void learners() {
    table.write(
        "Learners",
        List.of(
            "learner",
            "sets or advises",
            "window",
            "windows",
            "decisions",
            "failed",
            "time in windows",
            "last failure"),
        report.learners().stream()
            .map(learner ->
                List.of(
                    learner.name(),
                    String.join(
                        ", ",
                        Stream.concat(learner.turns().stream(), learner.advises().stream())
                            .toList()),
                    grouped(learner.windowMillis()) + " ms",
                    grouped(learner.windows()),
                    grouped(learner.decisions()),
                    grouped(learner.failures()),
                    String.format(
                        Locale.ROOT, "%.3f %%", 100 * LiveReport.cost(learner, report.seconds())),
                    learner.lastFailure())));
  }

  private void settings() {
    table.write(
        "In force at the end",
        List.of("option", "value", "range", "by", "why"),
        report.settings().stream()
            .map(setting ->
                List.of(
                    setting.key(),
                    setting.value(),
                    setting.range(),
                    setting.by(),
                    setting.reason())));
  }

  private void advice() {
    table.write(
        "For the next stack",
        List.of("option", "now", "advised", "by", "why"),
        report.advice().stream()
            .map(advice ->
                List.of(
                    advice.key(),
                    advice.was(),
                    advice.isChange() ? advice.value() : "the same",
                    advice.by(),
                    advice.reason())));
  }

  private void steps() {
    Stream<List<String>> rows =
        report.steps().stream()
            .map((LiveStep step) ->
                List.of(
                    String.format(Locale.ROOT, "%.1f", step.seconds()),
                    grouped(step.generation()),
                    step.learner(),
                    step.key(),
                    step.before(),
                    step.value(),
                    step.reason()));
    table.write(
        "Decisions",
        List.of("seconds", "generation", "learner", "option", "before", "value", "why"),
        rows);
    if (report.unseen() > 0) {
      html.element(
          "p",
          grouped(report.unseen()) + " were replaced before they were seen.",
          "class",
          "about");
    }
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
