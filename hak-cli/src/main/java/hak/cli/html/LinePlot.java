package hak.cli.html;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Series over the same steps as lines on one scale. The picture is stretched to the width of the
 * page, lines are not, so it fits a phone as well as a desk.
 */
final class LinePlot {
  private static final double WIDTH = 1000;
  private static final double HEIGHT = 240;
  private static final double MARGIN = 0.1;

  /** A curve of noise is not blown up to the height of the picture. */
  private static final double LEAST_RANGE = 0.02;

  private final int steps;
  private final double low;
  private final double high;

  /**
   * A plot wide and high enough for some series.
   *
   * @param series as many values each, one or more
   */
  LinePlot(List<List<Double>> series) {
    steps = series.getFirst().size();
    double least = series.stream().flatMap(List::stream).mapToDouble(v -> v).min().orElseThrow();
    double most = series.stream().flatMap(List::stream).mapToDouble(v -> v).max().orElseThrow();
    double margin = Math.max(MARGIN * (most - least), LEAST_RANGE / 2);
    low = least - margin;
    high = most + margin;
  }

  /** The lines, one of each series; the style of one is its place, from 0. */
  void write(Html html, List<List<Double>> series, String spoken) {
    html.begin(
        "svg",
        "class",
        "lines",
        "viewBox",
        "0 0 " + Math.round(WIDTH) + " " + Math.round(HEIGHT),
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        spoken);
    for (int i = 0; i < series.size(); i++) {
      List<Double> values = series.get(i);
      String points =
          IntStream.range(0, steps)
              .mapToObj(step -> shown(across(step + 0.5)) + "," + shown(down(values.get(step))))
              .collect(Collectors.joining(" "));
      html.begin("polyline", "class", "series-" + i, "points", points).end();
    }
    html.end();
  }

  /** The ends of the scale. */
  String range() {
    return String.format(Locale.ROOT, "from %.1f %% to %.1f %%", 100 * low, 100 * high);
  }

  private double across(double step) {
    return WIDTH * step / steps;
  }

  private double down(double value) {
    return HEIGHT * (high - value) / (high - low);
  }

  private static String shown(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }
}
