package hak.bench.workload;

import hak.core.spi.Option;
import java.util.SplittableRandom;

/**
 * Sizes that are drawn evenly.
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

  int draw(SplittableRandom random) {
    return random.nextInt(min, max + 1);
  }
}
