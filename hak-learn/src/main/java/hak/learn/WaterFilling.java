package hak.learn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Spends a budget where a unit of it gains most. Each vessel has levels of a cost and a gain; the
 * vessel whose next step gains most for its cost is raised, as long as the budget lasts.
 *
 * <p>Steps are taken along the upper hull of a vessel's levels, so a level that gains nothing by
 * itself is passed over when the one behind it is worth it. Where gains fall from step to step and
 * all steps cost the same, no other division of the budget gains more; else what is lost is less
 * than one step gains. After Fox: "Discrete Optimization via Marginal Analysis", Management Science
 * 13 (3), 1966.
 */
public final class WaterFilling {
  /**
   * What a vessel costs and gains at a level.
   *
   * @param cost in units of the budget, 0 or more
   * @param gain in any unit, the same for all vessels
   */
  public record Level(long cost, double gain) {
    /**
     * Checks both.
     *
     * @throws IllegalArgumentException if the cost is below 0 or the gain not finite
     */
    public Level {
      Observation.require(cost >= 0, "cost", cost, "0 or more");
      Observation.require(Observation.isUsable(gain), "gain", gain, "finite");
    }
  }

  /** A step of a vessel from a level to a higher one. */
  private record Step(int vessel, int to, long cost, double gain) {
    /** What a unit of cost gains; what costs nothing comes first. */
    double slope() {
      return cost == 0 ? Double.POSITIVE_INFINITY : gain / cost;
    }
  }

  private WaterFilling() {}

  /**
   * Chooses a level for each vessel.
   *
   * @param budget what the chosen levels may cost together, 0 or more
   * @param vessels the levels of each, in ascending order of cost; the first is chosen in any case
   *     and must cost nothing
   * @return the number of the level of each
   * @throws IllegalArgumentException if the budget is below 0, a first level costs something, or
   *     costs do not ascend
   */
  public static int[] levels(long budget, List<List<Level>> vessels) {
    Observation.require(budget >= 0, "budget", budget, "0 or more");
    vessels.forEach(WaterFilling::check);
    int[] chosen = new int[vessels.size()];
    PriorityQueue<Step> steps =
        new PriorityQueue<>(
            Comparator.comparingDouble(Step::slope).reversed().thenComparingInt(Step::vessel));
    for (int vessel = 0; vessel < chosen.length; vessel++) {
      steps.addAll(nextStep(vessel, vessels.get(vessel), 0));
    }
    long left = budget;
    while (!steps.isEmpty()) {
      Step step = steps.poll();
      if (step.cost() <= left) {
        left -= step.cost();
        chosen[step.vessel()] = step.to();
        steps.addAll(nextStep(step.vessel(), vessels.get(step.vessel()), step.to()));
      } // else the vessel stays where it is, and others may still be raised
    }
    return chosen;
  }

  private static void check(List<Level> levels) {
    if (levels.isEmpty() || levels.getFirst().cost() != 0) {
      throw new IllegalArgumentException(
          "the first level of a vessel must cost nothing: " + levels);
    }
    for (int i = 1; i < levels.size(); i++) {
      if (levels.get(i).cost() < levels.get(i - 1).cost()) {
        throw new IllegalArgumentException("costs must ascend: " + levels);
      }
    }
  }

  /** The steepest step from a level, the shorter of equal ones; none if no further one gains. */
  private static List<Step> nextStep(int vessel, List<Level> levels, int from) {
    List<Step> steepest = new ArrayList<>(1);
    Level here = levels.get(from);
    for (int to = from + 1; to < levels.size(); to++) {
      Level there = levels.get(to);
      Step step = new Step(vessel, to, there.cost() - here.cost(), there.gain() - here.gain());
      if (step.gain() > 0 && (steepest.isEmpty() || isSteeper(step, steepest.getFirst()))) {
        steepest.clear();
        steepest.add(step);
      }
    }
    return steepest;
  }

  private static boolean isSteeper(Step step, Step than) {
    return step.slope() > than.slope() || (step.cost() == 0 && step.gain() > than.gain());
  }
}
