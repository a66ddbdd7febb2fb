package hak.bench.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static double mean(double[] values, int[] drawn) {
    return Arrays.stream(drawn).mapToDouble(i -> values[i]).average().orElseThrow();
  }

  @Test
  void theIntervalOfAMeanIsThatOfTheory() {
    Random random = new Random(1);
    double[] values = random.doubles(400).toArray();
    Bootstrap.Interval interval =
        Bootstrap.interval(
            List.of(Turns.independent(values.length)), drawn -> mean(values, drawn[0]));
    double halfWidth = 1.96 * Math.sqrt(1.0 / 12 / values.length);
    double centre = Arrays.stream(values).average().orElseThrow();
    assertEquals(centre - halfWidth, interval.low(), halfWidth / 10);
    assertEquals(centre + halfWidth, interval.high(), halfWidth / 10);
  }

  @Test
  void equalValuesHaveNoSpread() {
    double[] values = {3, 3, 3};
    Bootstrap.Interval interval =
        Bootstrap.interval(List.of(Turns.independent(3)), drawn -> mean(values, drawn[0]));
    assertEquals(3, interval.low());
    assertEquals(3, interval.high());
  }

  @Test
  void groupsAreDrawnApart() {
    double[] a = {0, 1};
    double[] b = {0, 10};
    Bootstrap.Interval interval =
        Bootstrap.interval(
            List.of(Turns.independent(2), Turns.independent(2)),
            drawn -> mean(a, drawn[0]) + mean(b, drawn[1]));
    assertEquals(0, interval.low());
    assertEquals(11, interval.high());
  }

  /** Two levels of a normal distribution: of the mean of all theory knows the deviation. */
  @Test
  void ofTurnsInProcessesTheProcessesAreDrawn() {
    Random random = new Random(1);
    int processes = 200;
    int each = 5;
    double[] values = new double[processes * each];
    for (int process = 0; process < processes; process++) {
      double level = random.nextGaussian();
      for (int turn = 0; turn < each; turn++) {
        values[each * process + turn] = level + 0.2 * random.nextGaussian();
      }
    }
    double halfWidth = 1.96 * Math.sqrt((1 + 0.2 * 0.2 / each) / processes);
    assertEquals(2 * halfWidth, width(values, new Turns(processes, each)), halfWidth / 4);
    assertTrue(width(values, Turns.independent(values.length)) < halfWidth);
  }

  private static double width(double[] values, Turns turns) {
    Bootstrap.Interval interval =
        Bootstrap.interval(List.of(turns), drawn -> mean(values, drawn[0]));
    return interval.high() - interval.low();
  }

  @Test
  void thereIsAProcessAndATurn() {
    assertThrows(IllegalArgumentException.class, () -> new Turns(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Turns(1, 0));
    assertEquals(6, new Turns(2, 3).count());
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertEquals(2.5, Samples.median(new double[] {4, 1, 3, 2}));
    assertEquals(3, Samples.median(new double[] {9, 3, 1}));
    assertEquals(1, Samples.least(new double[] {9, 3, 1}));
    assertTrue(Samples.median(new double[] {7}) == 7);
  }
}
