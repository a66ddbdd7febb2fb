package hak.bench.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
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
        Bootstrap.interval(new int[] {values.length}, drawn -> mean(values, drawn[0]));
    double halfWidth = 1.96 * Math.sqrt(1.0 / 12 / values.length);
    double centre = Arrays.stream(values).average().orElseThrow();
    assertEquals(centre - halfWidth, interval.low(), halfWidth / 10);
    assertEquals(centre + halfWidth, interval.high(), halfWidth / 10);
  }

  @Test
  void equalValuesHaveNoSpread() {
    double[] values = {3, 3, 3};
    Bootstrap.Interval interval =
        Bootstrap.interval(new int[] {3}, drawn -> mean(values, drawn[0]));
    assertEquals(3, interval.low());
    assertEquals(3, interval.high());
  }

  @Test
  void groupsAreDrawnApart() {
    double[] a = {0, 1};
    double[] b = {0, 10};
    Bootstrap.Interval interval =
        Bootstrap.interval(new int[] {2, 2}, drawn -> mean(a, drawn[0]) + mean(b, drawn[1]));
    assertEquals(0, interval.low());
    assertEquals(11, interval.high());
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertEquals(2.5, Samples.median(new double[] {4, 1, 3, 2}));
    assertEquals(3, Samples.median(new double[] {9, 3, 1}));
    assertEquals(1, Samples.least(new double[] {9, 3, 1}));
    assertTrue(Samples.median(new double[] {7}) == 7);
  }
}
