package hak.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/** A table of text with a line under its heads; columns of numbers are flush right. */
public final class TextTable {
  private static final String GAP = "  ";
  private static final int NONE = -1;

  /**
   * @param best the cell that is the best of its column, or {@code NONE}
   */
  private record Row(List<String> cells, int best) {}

  private final List<String> heads;
  private final boolean[] flushRight;
  private final List<Row> rows = new ArrayList<>();

  /** Columns whose head begins with {@code >} are flush right. */
  public TextTable(String... heads) {
    flushRight = new boolean[heads.length];
    for (int i = 0; i < heads.length; i++) {
      flushRight[i] = heads[i].startsWith(">");
    }
    this.heads =
        Stream.of(heads).map(head -> head.startsWith(">") ? head.substring(1) : head).toList();
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
    if (cells.length != heads.size()) {
      throw new IllegalArgumentException(Arrays.toString(cells));
    }
    rows.add(new Row(List.of(cells), NONE));
  }

  /** Lets a cell of the last row stand out as the best of several. */
  public void markBest(int column) {
    rows.add(new Row(rows.removeLast().cells(), column));
  }

  List<String> lines(Ansi ansi) {
    int[] widths = new int[heads.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] =
          Math.max(
              heads.get(i).length(),
              rows.stream().mapToInt(row -> row.cells().get(column).length()).max().orElse(0));
    }
    List<String> lines = new ArrayList<>();
    lines.add(Paint.HEADING.on(line(heads, widths, NONE, ansi), ansi));
    lines.add(
        IntStream.of(widths)
            .mapToObj("-"::repeat)
            .collect(Collectors.joining(GAP))
            .stripTrailing());
    rows.forEach(row -> lines.add(line(row.cells(), widths, row.best(), ansi)));
    return lines;
  }

  private String line(List<String> cells, int[] widths, int best, Ansi ansi) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String space = " ".repeat(widths[i] - cells.get(i).length());
      String cell = i == best ? Paint.BEST.on(cells.get(i), ansi) : cells.get(i);
      line.append(i == 0 ? "" : GAP).append(flushRight[i] ? space + cell : cell + space);
    }
    return line.toString().stripTrailing();
  }
}
