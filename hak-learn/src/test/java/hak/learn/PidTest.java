package hak.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.learn.Pid.Gains;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** Time is simulated: a window is a call. */
class PidTest {
  private static final Gains USUAL = new Gains(40, 20, 5);

  /** HAKMEM's target of the middle sizes; the output is a cap of pages. */
  private static Pid cap(double first) {
    return new Pid(USUAL, 0.65, 0.02, 4, 300, first);
  }

  /** A hit rate that grows with the cap and is steep where the cap is small. */
  private static double hitRate(double cap, double demand) {
    return cap / (cap + demand);
  }

  @Property(tries = 100)
  void settlesInTheDeadBandAndStays(
      @ForAll @DoubleRange(min = 4, max = 300) double first,
      @ForAll @DoubleRange(min = 10, max = 120) double demand) {
    Pid pid = cap(first);
    for (int window = 0; window < 2000; window++) {
      pid.step(hitRate(pid.output(), demand), 1);
    }
    double settled = pid.output();
    assertEquals(0.65, hitRate(settled, demand), 0.0201, "cap " + settled);
    for (int window = 0; window < 50; window++) {
      assertEquals(settled, pid.step(hitRate(pid.output(), demand), 1), "it is left alone");
    }
  }

  @Test
  void comesBackFromABoundAtOnce() {
    Pid pid = cap(100);
    for (int window = 0; window < 10_000; window++) {
      pid.step(0.0, 1); // out of reach: the output is at its bound, the integral must not grow
    }
    assertEquals(300, pid.output());
    pid.step(1.0, 1);
    assertTrue(pid.output() < 300, "wound up: " + pid.output());
  }

  @Test
  void isStillWithinTheDeadBand() {
    Pid pid = cap(100);
    SplittableRandom random = new SplittableRandom(7);
    for (int window = 0; window < 1000; window++) {
      assertEquals(100, pid.step(0.65 + random.nextDouble(-0.02, 0.02), 1));
    }
  }

  /** A workload that flips each window: what it does to the output is bounded by one reaction. */
  @Test
  void aWorkloadThatFlipsDoesNotPumpItUp() {
    Pid pid = cap(100);
    double least = 300;
    double most = 4;
    for (int window = 0; window < 1000; window++) {
      double output = pid.step(window % 2 == 0 ? 0.55 : 0.75, 1);
      least = Math.min(least, output);
      most = Math.max(most, output);
    }
    assertTrue(most - least < 2 * (0.1 * (40 + 20) + 0.2 * 5), least + " .. " + most);
  }

  @Property(tries = 300)
  void staysInItsBoundsWhateverItIsFed(
      @ForAll List<Double> measured, @ForAll @DoubleRange(min = -1, max = 100) double seconds) {
    Pid pid = cap(100);
    for (double value : measured) {
      pid.step(value, seconds);
      pid.step(Double.NaN, seconds);
      pid.step(value, Double.POSITIVE_INFINITY);
      assertTrue(pid.output() >= 4 && pid.output() <= 300, "output " + pid.output());
    }
  }

  @Test
  void nanChangesNothing() {
    Pid pid = cap(100);
    assertEquals(100, pid.step(Double.NaN, 1));
    assertEquals(100, pid.step(0.1, Double.NaN));
    assertEquals(100, pid.step(0.1, 0));
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> new Gains(-1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Gains(0, Double.NaN, 0));
    assertThrows(IllegalArgumentException.class, () -> new Pid(USUAL, Double.NaN, 0, 0, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Pid(USUAL, 0, -1, 0, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Pid(USUAL, 0, 0, 1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Pid(USUAL, 0, 0, 0, 1, 2));
  }
}
