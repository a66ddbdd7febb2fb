package hak.bench.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.stats.TheilSen.Series;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TheilSenTest {
  private static Series series(int count, IntToDoubleFunction value) {
    return new Series(
        IntStream.range(0, count).asDoubleStream().toArray(),
        IntStream.range(0, count).mapToDouble(value).toArray());
  }

  @Test
  void aLineHasItsSlopeThoughAFifthOfThePointsLie() {
    TheilSen found = TheilSen.of(List.of(series(100, i -> i % 5 == 0 ? 1e9 : 3 * i + 7)));
    assertEquals(3, found.slope(), 1e-9);
    assertTrue(found.interval().low() <= 3 && found.interval().high() >= 3, found::toString);
  }

  /** Sen's own example, section 7 of the paper: the slope is 4. */
  @Test
  void theExampleOfThePaper() {
    double[] times = {1, 2, 3, 4, 10, 12, 18};
    double[] values = {9, 15, 19, 20, 45, 55, 78};
    TheilSen found = TheilSen.of(List.of(new Series(times, values)));
    assertEquals(4, found.slope(), 0.005);
    assertTrue(found.interval().low() > 3 && found.interval().low() < 4, found::toString);
    assertTrue(found.interval().high() > 4 && found.interval().high() < 5, found::toString);
  }

  /** Of 400 flat series of noise, the interval leaves out 0 in about one of 20. */
  @Test
  void theIntervalHoldsAsOftenAsItSays() {
    Random random = new Random(7);
    int missed = 0;
    for (int trial = 0; trial < 400; trial++) {
      TheilSen found = TheilSen.of(List.of(series(40, _ -> random.nextGaussian())));
      missed += found.interval().low() > 0 || found.interval().high() < 0 ? 1 : 0;
    }
    assertTrue(missed >= 6 && missed <= 40, missed + " of 400"); // 20 are expected, 4.4 deviations
  }

  /** Two processes at different levels: the step between them is no slope. */
  @Test
  void seriesThatLieApartAreNotCompared() {
    Series low = series(50, _ -> 10);
    double[] later = IntStream.range(50, 100).asDoubleStream().toArray();
    Series high = new Series(later, IntStream.range(0, 50).mapToDouble(_ -> 900).toArray());
    assertEquals(0, TheilSen.of(List.of(low, high)).slope());
  }

  @Test
  void oneOrTwoPointsTellNothing() {
    TheilSen one = TheilSen.of(List.of(series(1, _ -> 5)));
    assertEquals(0, one.slope());
    assertNull(one.interval());
    TheilSen two = TheilSen.of(List.of(series(2, i -> i)));
    assertEquals(1, two.slope());
    assertNull(two.interval());
    assertThrows(IllegalArgumentException.class, () -> new Series(new double[2], new double[3]));
  }
}
