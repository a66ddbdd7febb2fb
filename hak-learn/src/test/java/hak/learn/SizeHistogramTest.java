package hak.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SizeHistogramTest {
  private static final int LARGEST = 4_096;

  private final SizeHistogram sizes = new SizeHistogram(LARGEST);

  /** Blocks of 512 B, 1 KiB, 2 KiB, 4 KiB. */
  private static int doubling(int size) {
    return Math.max(512, Integer.highestOneBit(Math.max(1, 2 * size - 1)));
  }

  private void add(int size, long count) {
    sizes.add((int) SizeHistogram.stepOf(size), count);
  }

  private List<Integer> best(int most, double leastGain) {
    return sizes.best(SizeHistogramTest::doubling, 512, most, leastGain);
  }

  @Test
  void sizesBetweenTwoBlocksGetOneOfTheirOwn() {
    add(1_100, 10);
    assertEquals(10 * 2_048, sizes.bytes(SizeHistogramTest::doubling));
    assertEquals(List.of(1_104), best(2, 0.01));
    assertEquals(
        10 * 1_104, sizes.bytes(SizeHistogram.with(List.of(1_104), SizeHistogramTest::doubling)));
    assertEquals(10, sizes.requests(1_024, 1_104));
    assertEquals(0, sizes.requests(1_104, 2_048));
  }

  /** No size of these has many requests: peaks do not show, bytes do. */
  @Test
  void manySizesNearEachOtherAreServedTogether() {
    for (int size = 2_064; size <= 2_304; size += 16) {
      add(size, 1);
    }
    assertEquals(List.of(2_304), best(1, 0.01));
  }

  @Test
  void whatFitsOrIsServedBeforeNeedsNone() {
    add(1_024, 100);
    add(2_048, 100);
    add(100, 1_000_000);
    assertEquals(List.of(), best(2, 0));
  }

  @Test
  void whatSavesTooLittleIsLeftOut() {
    add(2_048, 1_000);
    add(3_000, 1);
    assertEquals(List.of(), best(2, 0.01));
    assertEquals(List.of(3_008), best(2, 0.0001));
  }

  @Test
  void noMoreThanThatManyAndAscending() {
    add(3_000, 10);
    add(1_500, 10);
    add(700, 10);
    assertEquals(List.of(1_504, 3_008), best(2, 0));
    assertEquals(List.of(704, 1_504, 3_008), best(3, 0));
  }

  @Test
  void whatIsEmptyOrTooLargeAddsNothing() {
    assertEquals(List.of(), best(2, 0));
    add(1_100, 0);
    add(1_100, -5);
    assertEquals(0, sizes.total());
    assertTrue(SizeHistogram.stepOf(LARGEST + 1) >= sizes.steps());
    assertTrue(SizeHistogram.stepOf(LARGEST) < sizes.steps());
    assertThrows(IllegalArgumentException.class, () -> best(2, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new SizeHistogram(15));
  }

  @Test
  void oneTakesInAnotherAndForgets() {
    add(1_100, 3);
    SizeHistogram all = new SizeHistogram(LARGEST);
    all.addAll(sizes);
    all.addAll(sizes);
    assertEquals(6, all.total());
    sizes.clear();
    assertEquals(0, sizes.total());
    assertEquals(0, sizes.bytes(SizeHistogramTest::doubling));
    assertEquals(6 * 2_048, all.bytes(SizeHistogramTest::doubling));
  }

  /** The first one added is the best of all there could be, by trying each. */
  @Property(tries = 200)
  void noOtherSavesMore(@ForAll long seed) {
    sizes.clear();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = random.nextInt(40); i > 0; i--) {
      add(1 + random.nextInt(LARGEST), 1 + random.nextInt(100));
    }
    List<Integer> best = best(1, 0);
    long withBest = sizes.bytes(SizeHistogram.with(best, SizeHistogramTest::doubling));
    for (int size = 528; size <= LARGEST; size += 16) {
      long bytes = sizes.bytes(SizeHistogram.with(List.of(size), SizeHistogramTest::doubling));
      assertTrue(withBest <= bytes, best + " takes " + withBest + ", " + size + " only " + bytes);
    }
    List<Integer> two = best(2, 0);
    assertTrue(two.size() >= best.size());
    assertTrue(sizes.bytes(SizeHistogram.with(two, SizeHistogramTest::doubling)) <= withBest);
  }
}
