package hak.mid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.memory.SizeClasses;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargerClassesTest {
  private static final int KIB = 1 << 10;
  private static final SizeClasses FINE =
      SizeClasses.of(SizeClasses.fine(SizeClasses.MAX_BLOCK_BYTES).toArray());

  @Test
  void byDefaultNoneMayServeAnother() {
    LargerClasses larger = LargerClasses.of(FINE, 1, FINE.last(), 100);
    for (int sizeClass = 1; sizeClass <= FINE.last(); sizeClass++) {
      assertArrayEquals(new int[0], larger.than(sizeClass));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {125, 140, 160, 180, 200})
  void noRequestGetsMoreThanItsPartNorLessAlignment(int percent) {
    LargerClasses larger = LargerClasses.of(FINE, 1, FINE.last(), percent);
    for (int sizeClass = 1; sizeClass <= FINE.last(); sizeClass++) {
      long smallest = FINE.bytes(sizeClass - 1) + 1L;
      int before = sizeClass;
      for (int other : larger.than(sizeClass)) {
        assertTrue(other > before, "ascending");
        assertTrue(100L * FINE.bytes(other) <= percent * smallest, FINE.bytes(other) + " B");
        for (int alignment = 16; alignment <= 64 * KIB; alignment *= 2) {
          assertTrue(
              !FINE.isAligned(sizeClass, alignment) || FINE.isAligned(other, alignment),
              FINE.bytes(other) + " B for " + FINE.bytes(sizeClass) + " B at " + alignment);
        }
        before = other;
      }
    }
  }

  /** One table serves every W_MAX: what it counts is what a table for that one alone has. */
  @ParameterizedTest
  @ValueSource(ints = {100, 101, 117, 125, 140, 160, 180, 199, 200})
  void asManyMayServeAsAreAllowedNow(int percent) {
    LargerClasses all = LargerClasses.of(FINE, 1, FINE.last(), 200);
    LargerClasses some = LargerClasses.of(FINE, 1, FINE.last(), percent);
    for (int sizeClass = 1; sizeClass <= FINE.last(); sizeClass++) {
      int count = all.count(sizeClass, percent);
      assertArrayEquals(some.than(sizeClass), Arrays.copyOf(all.than(sizeClass), count));
    }
  }

  @Test
  void thoseThatMayAreThere() {
    SizeClasses sizes = SizeClasses.of(2 * KIB, 3 * KIB, 4 * KIB, 6 * KIB);
    LargerClasses larger = LargerClasses.of(sizes, 1, 4, 200);
    assertArrayEquals(new int[] {3}, larger.than(2)); // 4 KiB for 2,049 B and more
    assertArrayEquals(new int[0], larger.than(3)); // 6 KiB is less aligned than 4 KiB
    assertArrayEquals(new int[0], larger.than(4));
    assertArrayEquals(new int[0], LargerClasses.of(sizes, 2, 3, 180).than(2));
  }
}
