package hak.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantileTest {
  /** The twenty values of the paper's table I, whose median it estimates as 4.44. */
  @Test
  void isThePapersExample() {
    double[] values = {
      0.02, 0.15, 0.74, 3.39, 0.83, 22.37, 10.15, 15.43, 38.62, 15.92, 34.60, 10.28, 1.47, 0.40,
      0.05, 11.39, 0.27, 0.42, 0.09, 11.37
    };
    Quantile median = new Quantile(0.5);
    Arrays.stream(values).forEach(median::add);
    assertEquals(4.44, median.value(), 0.005);
    assertEquals(20, median.count());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.5, 0.9, 0.99})
  void isNearTheTrueOne(double share) {
    SplittableRandom random = new SplittableRandom(1);
    Quantile uniform = new Quantile(share);
    for (int i = 0; i < 20_000; i++) {
      uniform.add(random.nextDouble());
    }
    assertEquals(share, uniform.value(), 0.02);
  }

  @Test
  void aFewValuesAreExact() {
    Quantile median = new Quantile(0.5);
    assertTrue(Double.isNaN(median.value()));
    median.add(7);
    assertEquals(7, median.value());
    median.add(1);
    median.add(3);
    assertEquals(3, median.value());
  }

  @Test
  void aConstantIsItsOwnQuantile() {
    Quantile p99 = new Quantile(0.99);
    for (int i = 0; i < 1000; i++) {
      p99.add(5);
    }
    assertEquals(5, p99.value());
  }

  @Property(tries = 200)
  void isBetweenTheLeastAndTheLargestThatCount(
      @ForAll @Size(min = 1, max = 100) List<Double> values,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double share) {
    Quantile quantile = new Quantile(share);
    for (double value : values) {
      quantile.add(value);
      quantile.add(Double.NaN);
      quantile.add(Double.NEGATIVE_INFINITY);
    }
    double[] usable =
        values.stream().mapToDouble(v -> v).filter(v -> Math.abs(v) <= 1e100).toArray();
    assertEquals(usable.length, quantile.count());
    if (usable.length > 0) {
      assertTrue(quantile.value() >= Arrays.stream(usable).min().orElseThrow());
      assertTrue(quantile.value() <= Arrays.stream(usable).max().orElseThrow());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -1, Double.NaN})
  void refusesWhatIsNoShare(double share) {
    assertThrows(IllegalArgumentException.class, () -> new Quantile(share));
  }
}
