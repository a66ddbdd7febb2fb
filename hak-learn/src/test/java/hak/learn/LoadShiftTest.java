package hak.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.IntFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LoadShiftTest {
  private static final double[] ONE = {100, 0, 50};
  private static final double[] TWO = {0, 100, 50};

  private static int shifts(LoadShift shift, int windows, IntFunction<double[]> load) {
    int shifts = 0;
    for (int i = 0; i < windows; i++) {
      shifts += shift.add(load.apply(i)) ? 1 : 0;
    }
    return shifts;
  }

  private static double[] times(double factor, double... rates) {
    double[] more = rates.clone();
    for (int i = 0; i < more.length; i++) {
      more[i] *= factor;
    }
    return more;
  }

  @Test
  void theDistanceIsOneLessWhatIsCommon() {
    assertEquals(1 - 50.0 / 250, LoadShift.distance(ONE, TWO), 1e-12);
    assertEquals(1 - 1 / 1.5, LoadShift.distance(ONE, times(1.5, ONE)), 1e-12);
    assertEquals(0, LoadShift.distance(new double[3], new double[3]));
    assertEquals(1, LoadShift.distance(new double[3], ONE));
  }

  @Property
  void itIsBetweenZeroAndOneAndTheSameBothWays(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] a = random.doubles(4, 0, 1e12).toArray();
    double[] b = random.doubles(4, 0, random.nextBoolean() ? 1e12 : 1).toArray();
    double distance = LoadShift.distance(a, b);
    assertTrue(distance >= 0 && distance <= 1, () -> "distance " + distance);
    assertEquals(distance, LoadShift.distance(b, a));
    assertEquals(0, LoadShift.distance(a, a), 1e-12);
  }

  @Test
  void otherSizesAreAShiftInTheSecondWindow() {
    LoadShift shift = new LoadShift();
    assertEquals(0, shifts(shift, 20, _ -> ONE));
    assertFalse(shift.add(TWO));
    assertTrue(shift.add(TWO));
    assertEquals(0, shifts(shift, 20, _ -> TWO));
  }

  @Test
  void soIsAnotherRate() {
    LoadShift shift = new LoadShift();
    assertEquals(0, shifts(shift, 20, _ -> ONE));
    assertEquals(1, shifts(shift, 20, _ -> times(1.5, ONE)));
    assertEquals(1, shifts(shift, 20, _ -> ONE));
  }

  @Test
  void oneOddWindowIsNone() {
    LoadShift shift = new LoadShift();
    assertEquals(0, shifts(shift, 400, i -> i % 20 == 19 ? TWO : ONE));
  }

  @Test
  void twoOddWindowsThatAreNothingAlikeAreNone() {
    LoadShift shift = new LoadShift();
    assertEquals(0, shifts(shift, 20, _ -> ONE));
    assertFalse(shift.add(TWO));
    assertFalse(shift.add(9_000, 0, 0));
    assertFalse(shift.add(ONE));
  }

  @Test
  void twoWithAGapBetweenThemAreNone() {
    LoadShift shift = new LoadShift();
    assertEquals(0, shifts(shift, 20, _ -> ONE));
    for (int i = 0; i < 4; i++) {
      assertFalse(shift.add(TWO));
      shift.gap();
    }
  }

  @Test
  void everyPhaseIsAShift() {
    assertEquals(49, shifts(new LoadShift(), 50 * 40, i -> i / 40 % 2 == 0 ? ONE : TWO));
  }

  @Test
  void whatFlipsAllTheTimeIsSoonNoShiftAnyMore() {
    for (int flip = 1; flip <= 3; flip++) {
      int period = flip;
      int seen = shifts(new LoadShift(), 3_000, i -> i / period % 2 == 0 ? ONE : TWO);
      assertTrue(seen <= 12, () -> seen + " shifts, flips after " + period);
    }
  }

  @Property(tries = 50)
  void noiseOfATenthIsNone(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    assertEquals(0, shifts(new LoadShift(), 2_000, _ -> times(random.nextDouble(0.9, 1.1), ONE)));
  }

  @Test
  void aLoadIsCalmUntilItShiftsAndAgainTenWindowsLater() {
    LoadShift shift = new LoadShift();
    assertFalse(shift.isCalm(), "nothing is known");
    shifts(shift, 20, _ -> ONE);
    assertTrue(shift.isCalm());
    shifts(shift, 2, _ -> TWO);
    assertFalse(shift.isCalm());
    shifts(shift, 10, _ -> TWO);
    assertTrue(shift.isCalm());
    shifts(shift, 100, i -> i % 3 == 0 ? ONE : TWO);
    assertFalse(shift.isCalm());
  }

  @Test
  void whatIsForgottenIsHeldAgainstNothing() {
    LoadShift shift = new LoadShift();
    assertTrue(shift.isNew());
    shifts(shift, 10, _ -> ONE);
    assertFalse(shift.isNew());
    shift.forget();
    assertTrue(shift.isNew());
    assertEquals(0, shifts(shift, 10, _ -> TWO));
  }

  @Property
  void whatIsNoNumberIsLeftOut(@ForAll boolean first) {
    LoadShift shift = new LoadShift();
    if (!first) {
      shift.add(ONE);
    }
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1, 1e300}) {
      assertFalse(shift.add(bad, 0, 0));
      assertFalse(shift.add(0, 0, bad));
    }
    assertEquals(first, shift.isNew());
    assertEquals(0, shifts(shift, 10, _ -> ONE));
  }
}
