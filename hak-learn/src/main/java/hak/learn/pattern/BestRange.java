package hak.learn.pattern;

/**
 * The neighbours whose gains have the largest sum (Kadane's algorithm; Bentley, "Algorithm design
 * techniques", Communications of the ACM 27, 1984).
 *
 * @param from the first of them, from 0
 * @param to the last of them; below {@code from} where nothing gains
 * @param sum of their gains; 0 where nothing gains
 */
public record BestRange(int from, int to, double sum) {
  /** Of some gains and losses; a sum that is NaN is none. */
  public static BestRange of(double... gains) {
    BestRange best = new BestRange(0, -1, 0);
    double sum = 0;
    int from = 0;
    for (int i = 0; i < gains.length; i++) {
      if (!(sum > 0)) {
        sum = 0;
        from = i;
      }
      sum += gains[i];
      if (sum > best.sum) {
        best = new BestRange(from, i, sum);
      }
    }
    return best;
  }

  /** Whether nothing gains. */
  public boolean isEmpty() {
    return to < from;
  }

  /** Whether it is one of them. */
  public boolean has(int index) {
    return from <= index && index <= to;
  }
}
