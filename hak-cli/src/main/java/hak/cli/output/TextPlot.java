package hak.cli.output;

import java.util.ArrayList;
import java.util.List;

/** A series of amounts over time as a picture of text. */
public final class TextPlot {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 8;

  private TextPlot() {}

  /** Its lines: of several amounts that share a column, the largest is drawn. */
  public static List<String> of(List<Long> amounts) {
    long most = amounts.stream().mapToLong(Long::longValue).max().orElse(0);
    String top = TextTable.grouped(most);
    List<String> lines = new ArrayList<>();
    for (int row = HEIGHT; row > 0; row--) {
      StringBuilder line = new StringBuilder(row == HEIGHT ? top : " ".repeat(top.length()));
      line.append(" |");
      for (int column = 0; column < WIDTH; column++) {
        line.append(isFilled(largestIn(amounts, column), most, row) ? '#' : ' ');
      }
      lines.add(line.toString().stripTrailing());
    }
    lines.add(" ".repeat(top.length() - 1) + "0 +" + "-".repeat(WIDTH));
    return lines;
  }

  private static boolean isFilled(long amount, long most, int row) {
    return amount > 0 && (double) amount * HEIGHT / most > row - 1;
  }

  private static long largestIn(List<Long> amounts, int column) {
    int first = column * amounts.size() / WIDTH;
    int end = Math.max(first + 1, (column + 1) * amounts.size() / WIDTH);
    long largest = 0;
    for (long amount : amounts.subList(first, Math.min(end, amounts.size()))) {
      largest = Math.max(largest, amount);
    }
    return largest;
  }
}
