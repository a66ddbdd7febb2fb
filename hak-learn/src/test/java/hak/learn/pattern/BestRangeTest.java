package hak.learn.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BestRangeTest {
  @Test
  void aLossBetweenTwoGainsIsTakenWhereItIsSmall() {
    assertEquals(new BestRange(1, 3, 7), BestRange.of(-1, 4, -2, 5, -9, 6));
    assertEquals(new BestRange(3, 3, 7), BestRange.of(4, -5, -2, 7));
  }

  @Test
  void whereNothingGainsItIsEmpty() {
    assertTrue(BestRange.of().isEmpty());
    assertTrue(BestRange.of(-1, 0, -2).isEmpty());
    assertFalse(BestRange.of(-1, 0, -2).has(0));
    assertEquals(0, BestRange.of(Double.NaN).sum());
  }

  /** No other range has a larger sum, by adding up each. */
  @Property(tries = 200)
  void noOtherGainsMore(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] gains = random.ints(random.nextInt(12), -20, 21).asDoubleStream().toArray();
    BestRange best = BestRange.of(gains);
    double most = 0;
    for (int from = 0; from < gains.length; from++) {
      double sum = 0;
      for (int to = from; to < gains.length; to++) {
        sum += gains[to];
        most = Math.max(most, sum);
      }
    }
    assertEquals(most, best.sum());
    double own = 0;
    for (int i = 0; i < gains.length; i++) {
      own += best.has(i) ? gains[i] : 0;
    }
    assertEquals(most, own);
  }
}
