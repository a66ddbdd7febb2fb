package hak.bench.stats;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's step-down correction of several p-values (Holm, 1979): where one of the corrected values
 * is below 5 %, the chance that any of them is so by accident is below 5 %.
 */
public final class Holm {
  private Holm() {}

  /** The corrected values, in the order of the given ones. */
  public static double[] adjusted(double[] values) {
    List<Integer> ascending =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .toList();
    double[] adjusted = new double[values.length];
    double least = 0;
    for (int rank = 0; rank < values.length; rank++) {
      int index = ascending.get(rank);
      least = Math.max(least, Math.min(1, (values.length - rank) * values[index]));
      adjusted[index] = least;
    }
    return adjusted;
  }
}
