package hak.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatiosTest {
  private static final double[] TEN = {10, 10, 10};
  private static final double[] FIVE = {5, 5, 5};
  private static final double[] TWO = {2, 2, 2};

  @Test
  void theRatioIsOfMedians() {
    Ratio ratio = Ratios.raw(List.of(new Ratios.Pair(TEN, TWO, FIVE, TWO)));
    assertEquals(new Ratio(2, 2, 2), ratio);
  }

  @Test
  void eachFloorIsTakenOff() {
    Ratio ratio =
        Ratios.aboveFloor(List.of(new Ratios.Pair(TEN, TWO, FIVE, new double[] {1, 1, 1})));
    assertEquals(2, ratio.value(), 1e-12);
  }

  @Test
  void aPeerAtItsFloorHasNoRatioAboveIt() {
    assertNull(Ratios.aboveFloor(List.of(new Ratios.Pair(TEN, TWO, FIVE, FIVE))));
  }

  @Test
  void severalWorkloadsGiveTheGeometricMean() {
    Ratio ratio =
        Ratios.raw(
            List.of(new Ratios.Pair(TEN, TWO, FIVE, TWO), new Ratios.Pair(TWO, TWO, TEN, TWO)));
    assertEquals(Math.sqrt(2 * 0.2), ratio.value(), 1e-12);
  }

  @Test
  void noiseThatHitsATurnHitsBothSidesOfTheRatio() {
    double[] first = {10, 20, 40, 80};
    double[] second = {5, 10, 20, 40};
    Ratio ratio = Ratios.raw(List.of(new Ratios.Pair(first, first, second, second)));
    assertEquals(2, ratio.low(), 1e-12);
    assertEquals(2, ratio.high(), 1e-12);
  }
}
