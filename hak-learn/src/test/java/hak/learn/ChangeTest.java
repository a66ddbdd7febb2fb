package hak.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoublePredicate;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Both detectors, on the same streams. */
class ChangeTest {
  private final SplittableRandom random = new SplittableRandom(9);

  private static PageHinkley pageHinkley() {
    return new PageHinkley(0.05, 2, 10);
  }

  /** The first of so many values at which a change is found; -1 = none. */
  private static int firstChange(DoublePredicate detector, int count, IntToDoubleFunction value) {
    for (int i = 0; i < count; i++) {
      if (detector.test(value.applyAsDouble(i))) {
        return i;
      }
    }
    return -1;
  }

  private double noisy(double mean) {
    return mean + random.nextDouble(-0.1, 0.1);
  }

  private void findsAStep(DoublePredicate detector, double before, double after) {
    int found = firstChange(detector, 400, i -> noisy(i < 200 ? before : after));
    assertTrue(found >= 200 && found < 240, "found at " + found);
  }

  @Test
  void aStepIsFoundSoonAfterIt() {
    findsAStep(pageHinkley()::add, 0.3, 0.7);
    findsAStep(pageHinkley()::add, 0.7, 0.3);
    findsAStep(new Adwin(0.002)::add, 0.3, 0.7);
    findsAStep(new Adwin(0.002)::add, 0.7, 0.3);
  }

  @Test
  void noiseAndConstantsAreNoChange() {
    assertEquals(-1, firstChange(pageHinkley()::add, 5000, _ -> noisy(0.5)));
    assertEquals(-1, firstChange(new Adwin(0.002)::add, 5000, _ -> noisy(0.5)));
    assertEquals(-1, firstChange(pageHinkley()::add, 5000, _ -> 0.5));
    assertEquals(-1, firstChange(new Adwin(0.002)::add, 5000, _ -> 0.5));
  }

  /** What flips each window has the mean it always had. */
  @Test
  void flippingIsNoChangeForAdwin() {
    assertEquals(-1, firstChange(new Adwin(0.002)::add, 2000, i -> i % 2));
  }

  @Test
  void theWindowOfAdwinIsWhatCameAfterTheChange() {
    Adwin window = new Adwin(0.002);
    for (int i = 0; i < 1000; i++) {
      window.add(noisy(i < 500 ? 0.2 : 0.8));
    }
    assertEquals(0.8, window.mean(), 0.05);
    assertTrue(window.count() >= 450 && window.count() < 560, "count " + window.count());
  }

  @Test
  void theWindowGrowsWhileNothingChanges() {
    Adwin window = new Adwin(0.002);
    for (int i = 0; i < 100_000; i++) {
      window.add(noisy(0.5));
    }
    assertTrue(window.count() > 50_000, "count " + window.count());
  }

  @Test
  void pageHinkleyBeginsAnewAfterAChange() {
    PageHinkley detector = pageHinkley();
    firstChange(detector::add, 400, i -> i < 200 ? 0.3 : 0.7);
    assertEquals(0, detector.mean());
    assertEquals(-1, firstChange(detector::add, 400, _ -> 0.7));
  }

  @Property(tries = 200)
  void whatIsNoNumberIsLeftOut(@ForAll List<Double> values) {
    PageHinkley detector = pageHinkley();
    Adwin window = new Adwin(0.002);
    long shares = 0;
    for (double value : values) {
      detector.add(value);
      window.add(value);
      shares += value >= 0 && value <= 1 ? 1 : 0;
      for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1e300}) {
        assertFalse(detector.add(bad));
        assertFalse(window.add(bad));
      }
      assertTrue(Double.isFinite(detector.mean()));
    }
    assertTrue(window.count() <= shares);
    assertTrue(window.count() == 0 || (window.mean() >= -1e-9 && window.mean() <= 1 + 1e-9));
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> new PageHinkley(-1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new PageHinkley(0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new PageHinkley(0, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Adwin(0));
    assertThrows(IllegalArgumentException.class, () -> new Adwin(Double.NaN));
  }
}
