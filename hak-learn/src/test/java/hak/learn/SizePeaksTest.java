package hak.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.learn.SizePeaks.Peak;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SizePeaksTest {
  private static final int LARGEST = 256 << 10;

  private static int powerOfTwo(int size) {
    return Integer.highestOneBit(2 * size - 1);
  }

  private static void add(SizePeaks peaks, long sizeBytes, int count) {
    for (int i = 0; i < count; i++) {
      peaks.add(sizeBytes);
    }
  }

  /** HAKMEM's own case: 12 KiB between 8 and 16. */
  @Test
  void findsThePeakBetweenTwoClasses() {
    SizePeaks peaks = new SizePeaks(LARGEST);
    add(peaks, 12 << 10, 600);
    add(peaks, 16 << 10, 300);
    add(peaks, 5000, 10);
    assertEquals(
        List.of(new Peak(12 << 10, 600, 600L * (4 << 10))),
        peaks.find(SizePeaksTest::powerOfTwo, 0.05));
  }

  @Test
  void whatAClassFitsIsNoPeak() {
    SizePeaks peaks = new SizePeaks(LARGEST);
    add(peaks, 4096, 1000);
    assertEquals(List.of(), peaks.find(SizePeaksTest::powerOfTwo, 0));
  }

  @Test
  void noiseHasNoPeak() {
    SizePeaks peaks = new SizePeaks(LARGEST);
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 100_000; i++) {
      peaks.add(random.nextInt(LARGEST));
    }
    assertEquals(List.of(), peaks.find(SizePeaksTest::powerOfTwo, 0.05));
  }

  @Test
  void theLargestSavingComesFirst() {
    SizePeaks peaks = new SizePeaks(LARGEST);
    add(peaks, 80, 1000);
    add(peaks, 40 << 10, 100);
    assertEquals(
        List.of(40 << 10, 80),
        peaks.find(SizePeaksTest::powerOfTwo, 0.01).stream().map(Peak::sizeBytes).toList());
  }

  @Property(tries = 100)
  void peaksAreApartAndSaveSomething(@ForAll List<Long> sizes) {
    SizePeaks peaks = new SizePeaks(4096);
    sizes.forEach(size -> peaks.add(size));
    sizes.forEach(size -> peaks.add(size & 4095));
    List<Peak> found = peaks.find(SizePeaksTest::powerOfTwo, 0);
    for (Peak peak : found) {
      assertTrue(peak.savedBytes() > 0 && peak.sizeBytes() % 16 == 0);
      for (Peak other : found) {
        int apart = Math.abs(peak.sizeBytes() - other.sizeBytes());
        int larger = Math.max(peak.sizeBytes(), other.sizeBytes());
        assertTrue(peak.equals(other) || apart > larger / 8 - 16, peak + " and " + other);
      }
    }
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> new SizePeaks(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SizePeaks(64).find(SizePeaksTest::powerOfTwo, Double.NaN));
  }
}
