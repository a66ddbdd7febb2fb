package hak.bench.workload;

import hak.core.spi.Option;
import java.util.SplittableRandom;

/**
 * Sizes to draw from.
 *
 * @param min the smallest, in bytes
 * @param max the largest, in bytes
 */
record SizeRange(int min, int max) {
  /**
   * The range that two parameters say.
   *
   * @throws IllegalArgumentException if it is empty
   */
  static SizeRange of(Settings settings, Option min, Option max) {
    SizeRange range = new SizeRange(settings.get(min), settings.get(max));
    if (range.min > range.max) {
      throw new IllegalArgumentException(
          String.format(
              "%s is %s and %s is %s, which is less",
              min.name(), min.show((long) range.min), max.name(), max.show((long) range.max)));
    }
    return range;
  }

  /** A size of twice as much is a quarter as frequent. */
  int drawByInverseSquare(SplittableRandom random) {
    double least = 1.0 / (max + 1);
    return (int) (1 / (least + (1.0 / min - least) * (1 - random.nextDouble())));
  }

  /** All sizes are equally frequent. */
  int draw(SplittableRandom random) {
    return random.nextInt(min, max + 1);
  }
}
