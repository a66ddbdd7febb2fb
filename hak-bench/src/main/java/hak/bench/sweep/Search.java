package hak.bench.sweep;

import hak.bench.sweep.Halving.Rung;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Searches at the same time for what costs least on each of several programs, and on all of them by
 * the geometric mean. Each of these searches halves by itself, for what is best for one program may
 * be among the worst on the whole. On a program play those who are left in its own search or in
 * that over all, so several programs cost at most twice what each would alone.
 */
final class Search {
  /** Plays a rung. */
  @FunctionalInterface
  interface Game {
    /**
     * Plays candidates.
     *
     * @param players of each program, ascending
     * @return what they cost there; nothing if it came to an end before
     */
    Optional<Costs> play(Rung rung, List<List<Integer>> players);
  }

  /** What a rung showed. */
  @FunctionalInterface
  interface Costs {
    /** The cost of a candidate on a program by that of the base; of those who played there. */
    double of(int program, int candidate);
  }

  private final Halving plan;
  private final List<Bracket> ofPrograms;
  private final Bracket overall;

  /** Of so many programs, 1 or more. */
  Search(Halving plan, int programs) {
    this.plan = plan;
    this.ofPrograms =
        IntStream.range(0, programs).mapToObj(_ -> new Bracket(plan.candidates())).toList();
    this.overall = programs == 1 ? ofPrograms.getFirst() : new Bracket(plan.candidates());
  }

  /** Plays all rungs; whether the game came to its end. */
  boolean run(Game game) {
    for (Rung rung : plan.rungs()) {
      Optional<Costs> costs = game.play(rung, players());
      if (costs.isEmpty()) {
        return false;
      }
      halve(rung, costs.get());
    }
    return true;
  }

  private void halve(Rung rung, Costs costs) {
    for (int i = 0; i < ofPrograms.size(); i++) {
      int program = i;
      ofPrograms.get(i).halve(rung, candidate -> costs.of(program, candidate));
    }
    if (ofPrograms.size() > 1) {
      overall.halve(rung, candidate -> logarithm(costs, candidate));
    }
  }

  /** Of the geometric mean. */
  private double logarithm(Costs costs, int candidate) {
    return IntStream.range(0, ofPrograms.size())
        .mapToDouble(program -> Math.log(costs.of(program, candidate)))
        .sum();
  }

  private List<List<Integer>> players() {
    return ofPrograms.stream().map(own -> union(List.of(own, overall))).toList();
  }

  /** Who is left in any search. */
  List<Integer> last() {
    return union(brackets());
  }

  private static List<Integer> union(List<Bracket> brackets) {
    return brackets.stream()
        .flatMap(bracket -> bracket.left().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** The search of each program, and then that over all if there are several. */
  List<Bracket> brackets() {
    List<Bracket> all = new ArrayList<>(ofPrograms);
    if (ofPrograms.size() > 1) {
      all.add(overall);
    }
    return all;
  }
}
