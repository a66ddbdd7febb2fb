package hak.bench.stats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Who follows whom when several take turns: A B C, C B A, then B C A, A C B, then C A B, B A C.
 *
 * <p>Each turn is followed by its reverse, so what changes steadily with time falls on all alike.
 * Where the two meet, one has two rounds in a row, and finds its data in the processor's caches. A
 * pair of turns begins with the second of the pair before, so over as many pairs as there are
 * contestants each has that once, and each is once at every place.
 */
public final class TurnOrder {
  private TurnOrder() {}

  /**
   * The contestants in the order of a turn.
   *
   * @param turn from 0 on, counted over the whole measurement
   */
  public static <T> List<T> of(List<T> contestants, int turn) {
    List<T> order = new ArrayList<>(contestants);
    Collections.rotate(order, -(turn / 2 % Math.max(1, order.size())));
    if (turn % 2 == 1) {
      Collections.reverse(order);
    }
    return order;
  }
}
