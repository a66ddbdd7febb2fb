package hak.cli.html;

import hak.bench.Ratio;
import java.util.Collection;
import java.util.Locale;

/**
 * Intervals of ratios on one scale, which is logarithmic with 1 in the middle. Places are per cents
 * of the width, so that a plot fits a phone as well as a desk.
 */
final class IntervalPlot {
  private static final double LEAST_REACH = Math.log(1.05);
  private static final double MOST_REACH = Math.log(4);
  private static final double MARGIN = 1.1;
  private static final String HEIGHT = "22";
  private static final String MIDDLE = "11";

  private final double threshold;
  private final double reach;

  /**
   * A plot wide enough for some ratios; of what lies far off the end is cut.
   *
   * @param threshold shown as a band around 1
   */
  IntervalPlot(Collection<Ratio> ratios, double threshold) {
    double farthest =
        ratios.stream()
            .mapToDouble(ratio -> Math.max(-Math.log(ratio.low()), Math.log(ratio.high())))
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    this.threshold = threshold;
    this.reach = Math.clamp(MARGIN * farthest, LEAST_REACH, MOST_REACH);
  }

  /** One interval, and under it that of the noise, unless it is null. */
  void row(Html html, Ratio ratio, Ratio noise, String style) {
    html.begin(
        "svg", "class", "plot", "height", HEIGHT, "role", "img", "aria-label", spoken(ratio));
    band(html);
    if (noise != null) {
      line(html, "noise", noise);
    }
    line(html, "interval " + style, ratio);
    html.begin("circle", "class", style, "cx", place(ratio.value()), "cy", MIDDLE, "r", "4").end();
    html.end();
  }

  private void band(Html html) {
    double left = percent(1 - threshold);
    html.begin(
            "rect",
            "class",
            "band",
            "x",
            shown(left),
            "y",
            "0",
            "width",
            shown(percent(1 + threshold) - left),
            "height",
            HEIGHT)
        .end();
    html.begin("line", "class", "one", "x1", "50%", "x2", "50%", "y1", "0", "y2", HEIGHT).end();
  }

  private void line(Html html, String style, Ratio ratio) {
    html.begin(
            "line",
            "class",
            style,
            "x1",
            place(ratio.low()),
            "x2",
            place(ratio.high()),
            "y1",
            MIDDLE,
            "y2",
            MIDDLE)
        .end();
  }

  /** The ends of the scale and its middle. */
  void scale(Html html) {
    html.begin("div", "class", "scale")
        .element("span", String.format(Locale.ROOT, "%.2f, less", Math.exp(-reach)))
        .element("span", "1")
        .element("span", String.format(Locale.ROOT, "more, %.2f", Math.exp(reach)))
        .end();
  }

  private static String spoken(Ratio ratio) {
    return String.format(
        Locale.ROOT, "%.3f, from %.3f to %.3f", ratio.value(), ratio.low(), ratio.high());
  }

  private String place(double ratio) {
    return shown(percent(ratio));
  }

  private double percent(double ratio) {
    return Math.clamp(50 + 50 * Math.log(ratio) / reach, 0.0, 100.0);
  }

  private static String shown(double percent) {
    return String.format(Locale.ROOT, "%.2f%%", percent);
  }
}
