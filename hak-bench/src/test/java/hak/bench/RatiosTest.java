package hak.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hak.bench.stats.Turns;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatiosTest {
  private static final double[] TEN = {10, 10, 10};
  private static final double[] FIVE = {5, 5, 5};
  private static final double[] TWO = {2, 2, 2};

  private static Ratios.Pair pair(
      double[] time, double[] floor, double[] otherTime, double[] otherFloor) {
    return new Ratios.Pair(time, floor, otherTime, otherFloor, Turns.independent(time.length));
  }

  @Test
  void theRatioIsOfMedians() {
    Ratio ratio = Ratios.raw(List.of(pair(TEN, TWO, FIVE, TWO)));
    assertEquals(new Ratio(2, 2, 2), ratio);
  }

  @Test
  void eachFloorIsTakenOff() {
    Ratio ratio = Ratios.aboveFloor(List.of(pair(TEN, TWO, FIVE, new double[] {1, 1, 1})));
    assertEquals(2, ratio.value(), 1e-12);
  }

  @Test
  void aPeerAtItsFloorHasNoRatioAboveIt() {
    assertNull(Ratios.aboveFloor(List.of(pair(TEN, TWO, FIVE, FIVE))));
  }

  @Test
  void severalWorkloadsGiveTheGeometricMean() {
    Ratio ratio = Ratios.raw(List.of(pair(TEN, TWO, FIVE, TWO), pair(TWO, TWO, TEN, TWO)));
    assertEquals(Math.sqrt(2 * 0.2), ratio.value(), 1e-12);
  }

  @Test
  void noiseThatHitsATurnHitsBothSidesOfTheRatio() {
    double[] first = {10, 20, 40, 80};
    double[] second = {5, 10, 20, 40};
    Ratio ratio = Ratios.raw(List.of(pair(first, first, second, second)));
    assertEquals(2, ratio.low(), 1e-12);
    assertEquals(2, ratio.high(), 1e-12);
  }

  @Test
  void processesThatDifferMakeTheIntervalWide() {
    double[] time = {10, 10, 10, 20, 20, 20};
    double[] other = {10, 10, 10, 10, 10, 10};
    Ratio ratio = Ratios.raw(List.of(Ratios.Pair.of(time, other, new Turns(2, 3))));
    assertEquals(new Ratio(1.5, 1, 2), ratio);
  }
}
