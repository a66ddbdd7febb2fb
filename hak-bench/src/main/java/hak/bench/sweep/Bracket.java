package hak.bench.sweep;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Who is left in a search for what costs least by one figure. Candidates are numbered from 0. */
final class Bracket {
  /** The rung that each was dropped in; 0 while it is left. */
  private final int[] dropped;

  /** With all of them. */
  Bracket(int candidates) {
    dropped = new int[candidates];
  }

  /** Who is left, by number. */
  List<Integer> left() {
    return IntStream.range(0, dropped.length).filter(i -> dropped[i] == 0).boxed().toList();
  }

  /** Keeps as many as the rung keeps, of equal ones the first, and drops the others. */
  void halve(Halving.Rung rung, ToDoubleFunction<Integer> cost) {
    left().stream()
        .sorted(Comparator.comparingDouble(cost))
        .skip(rung.kept())
        .forEach(candidate -> dropped[candidate] = rung.number());
  }

  /** The rung that a candidate was dropped in; 0 if it is left. */
  int droppedIn(int candidate) {
    return dropped[candidate];
  }

  @Override
  public String toString() {
    return Arrays.toString(dropped);
  }
}
