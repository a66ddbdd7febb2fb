package hak.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
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

  /**
   * As a line, between the least amount and the largest.
   *
   * @param amounts at least one; of several that share a column, the last is drawn
   * @param width in columns, without the scale
   * @param height in lines, 2 or more, without the axis
   */
  public static List<String> lineOf(List<Long> amounts, int width, int height) {
    long least = amounts.stream().mapToLong(Long::longValue).min().orElseThrow();
    long most = amounts.stream().mapToLong(Long::longValue).max().orElseThrow();
    char[][] picture = new char[height][width];
    for (char[] row : picture) {
      Arrays.fill(row, ' ');
    }
    int before = -1;
    for (int column = 0; column < width; column++) {
      int end = (int) Math.ceilDiv((column + 1L) * amounts.size(), width);
      int row = rowOf(amounts.get(end - 1), least, most, height);
      for (int way = row; before >= 0 && way != before; way += Integer.signum(before - row)) {
        picture[way][column] = '|';
      }
      picture[row][column] = '*';
      before = row;
    }
    String top = TextTable.grouped(most);
    String bottom = TextTable.grouped(least);
    int labels = Math.max(top.length(), bottom.length());
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < height; row++) {
      String label = row == rowOf(most, least, most, height) ? top : "";
      label = row == height - 1 && least < most ? bottom : label;
      String line = " ".repeat(labels - label.length()) + label + " |" + new String(picture[row]);
      lines.add(line.stripTrailing());
    }
    lines.add(" ".repeat(labels) + " +" + "-".repeat(width));
    return lines;
  }

  /** From the top, where the largest is; what never changes is in the middle. */
  private static int rowOf(long amount, long least, long most, int height) {
    return least == most
        ? height / 2
        : (int) Math.round((height - 1) * ((double) most - amount) / ((double) most - least));
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
