package hak.cli.html;

import hak.bench.ab.AbReport;
import java.util.Locale;

/** What an A/B of what was learned said, in a line. */
final class CheckLine {
  private CheckLine() {}

  static void write(Html html, AbReport check) {
    html.begin("p", "class", "check").raw("Checked by an A/B: ");
    if (check.hasResult()) {
      AbReport.Measure time = check.comparisons().getFirst().time();
      String verdict = time.verdict().toString();
      html.element("span", verdict, "class", "badge " + verdict.toLowerCase(Locale.ROOT));
      html.raw(
          String.format(
              Locale.ROOT,
              " time %.3f (%.3f .. %.3f) of the profile's, %d forks",
              time.ratio().value(),
              time.ratio().low(),
              time.ratio().high(),
              check.forksDone()));
    } else {
      html.raw("stopped before one fork was over");
    }
    html.end();
  }
}
