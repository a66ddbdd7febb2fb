package hak.cli.html;

import java.util.List;
import java.util.stream.Stream;

/** Tables of a page, each a section that can be scrolled sideways. */
record HtmlTable(Html html) {
  /** Writes one. */
  void write(String title, List<String> heads, Stream<List<String>> rows) {
    html.begin("section").element("h2", title);
    html.begin("div", "class", "wide").begin("table");
    row("th", heads);
    rows.forEach(cells -> row("td", cells));
    html.end().end().end();
  }

  private void row(String cell, List<String> texts) {
    html.begin("tr");
    for (String text : texts) {
      html.element(cell, text);
    }
    html.end();
  }
}
