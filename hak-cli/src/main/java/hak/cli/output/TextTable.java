package hak.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A table of text with a line under its heads; columns of numbers are flush right. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<String[]> rows = new ArrayList<>();
  private final boolean[] flushRight;

  /** Columns whose head begins with {@code >} are flush right. */
  public TextTable(String... heads) {
    flushRight = new boolean[heads.length];
    String[] shown = new String[heads.length];
    for (int i = 0; i < heads.length; i++) {
      flushRight[i] = heads[i].startsWith(">");
      shown[i] = flushRight[i] ? heads[i].substring(1) : heads[i];
    }
    rows.add(shown);
  }

  /** A cell: a whole number, its thousands apart. */
  public static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A cell: a number with two decimals. */
  public static String decimal(double number) {
    return String.format(Locale.ROOT, "%,.2f", number);
  }

  /** Adds a row of as many cells as there are heads. */
  public void row(String... cells) {
    if (cells.length != flushRight.length) {
      throw new IllegalArgumentException(Arrays.toString(cells));
    }
    rows.add(cells);
  }

  List<String> lines() {
    int[] widths = new int[flushRight.length];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    String[] rule = new String[widths.length];
    for (int i = 0; i < widths.length; i++) {
      rule[i] = "-".repeat(widths[i]);
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(rows.getFirst(), widths));
    lines.add(line(rule, widths));
    rows.stream().skip(1).forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private String line(String[] cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String space = " ".repeat(widths[i] - cells[i].length());
      line.append(i == 0 ? "" : GAP).append(flushRight[i] ? space + cells[i] : cells[i] + space);
    }
    return line.toString().stripTrailing();
  }
}
