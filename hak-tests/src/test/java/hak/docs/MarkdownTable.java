package hak.docs;

import static java.util.stream.Collectors.joining;

import java.util.stream.Stream;

/** A table as documents have it, a line for each row. */
final class MarkdownTable {
  private final StringBuilder text = new StringBuilder();

  MarkdownTable(String... headings) {
    row(headings);
    row(Stream.of(headings).map(_ -> "---").toArray(String[]::new));
  }

  void row(String... cells) {
    text.append(
        Stream.of(cells)
            .map(cell -> cell.replace("|", "\\|"))
            .collect(joining(" | ", "| ", " |\n")));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
