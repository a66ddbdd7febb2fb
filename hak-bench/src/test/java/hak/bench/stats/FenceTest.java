package hak.bench.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class FenceTest {
  private static double[] values(double... values) {
    return values;
  }

  @Test
  void itIsOneAndAHalfRangesBeyondTheQuartiles() {
    assertEquals(new Fence(-3, 13), Fence.of(values(1, 3, 5, 7, 9), 0));
  }

  @Test
  void valuesThatAreNearToEachOtherAreAllUsual() {
    Fence fence = Fence.of(values(100, 100, 100, 100, 101.9), 0.02);
    assertTrue(fence.has(101.9) && fence.has(98) && fence.has(102));
    assertFalse(fence.has(102.1));
    assertFalse(fence.has(97.9));
  }

  @Test
  void aQuarterOfTheValuesDoesNotMoveIt() {
    Fence fence = Fence.of(values(100, 101, 102, 103, 104, 105, 900, 900), 0.02);
    assertFalse(fence.has(900));
    assertTrue(fence.has(110));
  }

  /** Tukey's fences leave out 0.7 % of what is normally distributed. */
  @Test
  void littleOfWhatIsNormalIsLeftOut() {
    SplittableRandom random = new SplittableRandom(1);
    double[] normal = DoubleStream.generate(random::nextGaussian).limit(100_000).toArray();
    Fence fence = Fence.of(normal, 0);
    double left = DoubleStream.of(normal).filter(value -> !fence.has(value)).count();
    assertEquals(0.007, left / normal.length, 0.001);
  }
}
