package hak.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.learn.WaterFilling.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WaterFillingTest {
  private static List<Level> vessel(double... costsAndGains) {
    List<Level> levels = new ArrayList<>(List.of(new Level(0, 0)));
    for (int i = 0; i < costsAndGains.length; i += 2) {
      levels.add(new Level((long) costsAndGains[i], costsAndGains[i + 1]));
    }
    return levels;
  }

  @Test
  void spendsWhereAUnitGainsMost() {
    var steep = vessel(10, 100, 20, 110);
    var flat = vessel(10, 50, 20, 90);
    assertArrayEquals(new int[] {1, 0}, WaterFilling.levels(10, List.of(steep, flat)));
    assertArrayEquals(new int[] {1, 1}, WaterFilling.levels(20, List.of(steep, flat)));
    assertArrayEquals(new int[] {1, 2}, WaterFilling.levels(30, List.of(steep, flat)));
  }

  @Test
  void aLevelThatGainsNothingIsPassedOver() {
    assertArrayEquals(
        new int[] {3}, WaterFilling.levels(30, List.of(vessel(10, 0, 20, 0, 30, 100))));
  }

  @Test
  void whatGainsNothingGetsNothing() {
    assertArrayEquals(new int[] {0}, WaterFilling.levels(100, List.of(vessel(10, 0, 20, -5))));
  }

  @Test
  void whatCostsNothingIsTakenWithoutABudget() {
    assertArrayEquals(new int[] {2}, WaterFilling.levels(0, List.of(vessel(0, 1, 0, 2, 5, 9))));
  }

  @Test
  void aStepThatIsTooDearLeavesTheBudgetToOthers() {
    var dear = vessel(100, 1000);
    var cheap = vessel(10, 1);
    assertArrayEquals(new int[] {0, 1}, WaterFilling.levels(50, List.of(dear, cheap)));
  }

  /** Levels of random costs and gains, which may fall. */
  private static List<List<Level>> random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Level>> vessels = new ArrayList<>();
    for (int vessel = 0; vessel < 5; vessel++) {
      List<Level> levels = new ArrayList<>(List.of(new Level(0, random.nextDouble(10))));
      for (int i = 0; i < 6; i++) {
        levels.add(
            new Level(levels.getLast().cost() + random.nextInt(40), random.nextDouble(-5, 100)));
      }
      vessels.add(levels);
    }
    return vessels;
  }

  @Property(tries = 300)
  void theBudgetIsNeverExceededAndNothingIsLost(
      @ForAll long seed, @ForAll @LongRange(min = 0, max = 1000) long budget) {
    List<List<Level>> vessels = random(seed);
    int[] chosen = WaterFilling.levels(budget, vessels);
    long cost = 0;
    for (int vessel = 0; vessel < chosen.length; vessel++) {
      Level level = vessels.get(vessel).get(chosen[vessel]);
      cost += level.cost();
      assertTrue(level.gain() >= vessels.get(vessel).getFirst().gain());
    }
    assertTrue(cost <= budget, cost + " of " + budget);
  }

  /** With equal costs and falling gains it is the best division there is: held against all. */
  @Property(tries = 100)
  void isBestWhereGainsFall(@ForAll long seed, @ForAll @LongRange(min = 0, max = 12) long budget) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Level>> vessels = new ArrayList<>();
    for (int vessel = 0; vessel < 3; vessel++) {
      List<Level> levels = new ArrayList<>(List.of(new Level(0, 0)));
      double step = 100;
      for (int i = 1; i <= 4; i++) {
        step *= random.nextDouble();
        levels.add(new Level(i, levels.getLast().gain() + step));
      }
      vessels.add(levels);
    }
    int[] chosen = WaterFilling.levels(budget, vessels);
    assertEquals(bestOf(budget, vessels), gain(vessels, chosen), 1e-9);
  }

  private static double gain(List<List<Level>> vessels, int... chosen) {
    double gain = 0;
    for (int i = 0; i < chosen.length; i++) {
      gain += vessels.get(i).get(chosen[i]).gain();
    }
    return gain;
  }

  private static double bestOf(long budget, List<List<Level>> vessels) {
    double best = 0;
    for (int a = 0; a <= 4; a++) {
      for (int b = 0; b <= 4; b++) {
        for (int c = 0; c <= 4; c++) {
          if (a + b + c <= budget) {
            best = Math.max(best, gain(vessels, a, b, c));
          }
        }
      }
    }
    return best;
  }

  @Test
  void refusesWhatIsNoCurve() {
    assertThrows(IllegalArgumentException.class, () -> WaterFilling.levels(-1, List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> WaterFilling.levels(1, List.of(List.of(new Level(1, 1)))));
    assertThrows(
        IllegalArgumentException.class, () -> WaterFilling.levels(1, List.of(vessel(5, 1, 4, 1))));
    assertThrows(IllegalArgumentException.class, () -> new Level(0, Double.NaN));
  }
}
