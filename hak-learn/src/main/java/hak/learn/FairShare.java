package hak.learn;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Divides a budget among demands like water in vessels that communicate: all get the same, and
 * nobody more than it asks for. Who asks for little is served whole; what it leaves goes to the
 * others.
 *
 * <pre>
 *   share[i] = min(demand[i], level)      (one more for some, so that nothing is left over)
 *   sum of shares = min(budget, sum of demands)
 * </pre>
 *
 * <p>Max-min fairness after Bertsekas, Gallager: "Data Networks", 1992, chapter 6.5.2.
 */
public final class FairShare {
  private FairShare() {}

  /**
   * Divides.
   *
   * @param budget what there is, 0 or more
   * @param demands what each asks for at most; less than 0 counts as 0
   * @return what each gets, in whole units
   * @throws IllegalArgumentException if the budget is below 0
   */
  public static long[] of(long budget, long[] demands) {
    Observation.require(budget >= 0, "budget", budget, "0 or more");
    long[] shares = new long[demands.length];
    int[] ascending =
        IntStream.range(0, demands.length)
            .boxed()
            .sorted(Comparator.comparingLong(i -> demands[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    long left = budget;
    for (int served = 0; served < ascending.length; served++) {
      int i = ascending[served];
      int waiting = ascending.length - served;
      // Rounded down, so the last one, who waits alone, gets all that is left.
      shares[i] = Math.min(Math.max(0, demands[i]), left / waiting);
      left -= shares[i];
    }
    assert Arrays.stream(shares).sum() == budget - left;
    return shares;
  }
}
