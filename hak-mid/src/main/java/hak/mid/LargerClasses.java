package hak.mid;

import hak.core.memory.PageTable;
import hak.core.memory.SizeClasses;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which larger classes may serve a class that has no block at hand: those whose blocks are at most
 * so many times as long as any request of the class ("W_MAX"), and that lie at the same multiples,
 * for an alignment is served by a class whose blocks are aligned.
 *
 * <p>W_MAX may change from one call to the next, so each larger class has the one that it takes.
 *
 * @param first number of the first class
 * @param classes for each class from the first on, the larger ones by ascending size
 * @param percents for each of them the W_MAX from which on it may serve, ascending as well
 */
@SuppressWarnings("ArrayRecordComponent") // never handed out, never compared
record LargerClasses(int first, int[][] classes, int[][] percents) {
  /**
   * Of the classes of one tier.
   *
   * @param mostPercent the largest W_MAX: block size in per cent of a request, at most
   */
  static LargerClasses of(SizeClasses sizes, int first, int last, int mostPercent) {
    int[][] classes =
        IntStream.rangeClosed(first, last)
            .mapToObj(sizeClass ->
                IntStream.rangeClosed(sizeClass + 1, last)
                    .filter(larger -> alignment(sizes, larger) >= alignment(sizes, sizeClass))
                    .filter(larger -> percent(sizes, sizeClass, larger) <= mostPercent)
                    .toArray())
            .toArray(int[][]::new);
    int[][] percents =
        IntStream.rangeClosed(first, last)
            .mapToObj(sizeClass ->
                Arrays.stream(classes[sizeClass - first])
                    .map(larger -> percent(sizes, sizeClass, larger))
                    .toArray())
            .toArray(int[][]::new);
    return new LargerClasses(first, classes, percents);
  }

  /** How long blocks of a class are in per cent of the smallest request of another, rounded up. */
  private static int percent(SizeClasses sizes, int sizeClass, int larger) {
    long smallestRequest = sizes.bytes(sizeClass - 1) + 1L; // class 0 has no bytes
    return Math.clamp(
        Math.ceilDiv(sizes.bytes(larger) * 100L, smallestRequest), 0, Integer.MAX_VALUE);
  }

  /** Of what power of two the blocks of a class lie at multiples; a slab begins at a page. */
  private static int alignment(SizeClasses sizes, int sizeClass) {
    return Math.min(Integer.lowestOneBit(sizes.bytes(sizeClass)), PageTable.PAGE_BYTES);
  }

  /**
   * How many larger classes may serve one: so many of the first of {@link #than}.
   *
   * @param percent block size in per cent of a request, at most; 100 = none may
   */
  int count(int sizeClass, long percent) {
    int[] least = percents[sizeClass - first];
    int count = 0;
    while (count < least.length && least[count] <= percent) {
      count++;
    }
    return count;
  }

  /** The larger classes that may serve one, by ascending size. */
  int[] than(int sizeClass) {
    return classes[sizeClass - first];
  }
}
