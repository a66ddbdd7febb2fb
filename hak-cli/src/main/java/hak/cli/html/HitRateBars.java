package hak.cli.html;

import hak.bench.ab.AbReport;
import hak.core.LayerCount;
import java.util.List;
import java.util.Locale;

/** Of each layer of a stack the share of requests that it served, and of frees that it took. */
final class HitRateBars {
  private HitRateBars() {}

  static void write(Html html, AbReport.Stack stack) {
    html.begin("div", "class", "stack").element("h3", stack.name());
    for (AbReport.Hits hits : stack.hitRates()) {
      write(html, hits.workload(), hits.layers());
    }
    html.end();
  }

  /** Those of one workload. */
  static void write(Html html, String workload, List<LayerCount> layers) {
    html.element("h4", workload);
    layers.forEach(layer -> layer(html, layer));
  }

  private static void layer(Html html, LayerCount layer) {
    html.begin("div", "class", "rate").element("span", layer.id());
    bar(html, layer.hits(), layer.pops());
    bar(html, layer.accepted(), layer.pushes());
    html.end();
  }

  private static void bar(Html html, long part, long whole) {
    String percent = whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f%%", 100.0 * part / whole);
    html.begin("span", "class", "bar")
        .element("i", "", "style", "width:" + (whole == 0 ? "0" : percent))
        .element("b", percent)
        .end();
  }
}
