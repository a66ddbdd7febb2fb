package hak.policy;

import java.util.Comparator;

/**
 * A place in a text.
 *
 * @param line from 1
 * @param column from 1, in Unicode characters; a tab is one
 */
record Position(int line, int column) implements Comparable<Position> {
  /** Where a text begins. */
  static final Position START = new Position(1, 1);

  private static final Comparator<Position> ORDER =
      Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

  /** The position after the last character of {@code text}. */
  static Position endOf(String text) {
    int lineStart = text.lastIndexOf('\n') + 1;
    int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
    return new Position(line, 1 + text.codePointCount(lineStart, text.length()));
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
