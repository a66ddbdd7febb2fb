package hak.bench.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class HolmTest {
  private static final double NEAR = 1e-12;

  /** As R's p.adjust has them. */
  @Test
  void theLeastIsMultipliedByAllAndNoneFallsBelowOneBefore() {
    assertArrayEquals(
        new double[] {0.03, 0.06, 0.06, 0.02},
        Holm.adjusted(new double[] {0.01, 0.04, 0.03, 0.005}),
        NEAR);
  }

  @Test
  void oneAloneIsAsItIsAndNoneIsAboveOne() {
    assertArrayEquals(new double[] {0.04}, Holm.adjusted(new double[] {0.04}), NEAR);
    assertArrayEquals(new double[] {1, 1}, Holm.adjusted(new double[] {0.7, 0.9}), NEAR);
  }
}
