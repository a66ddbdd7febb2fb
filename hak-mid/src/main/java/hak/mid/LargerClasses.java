package hak.mid;

import hak.core.memory.PageTable;
import hak.core.memory.SizeClasses;
import java.util.stream.IntStream;

/**
 * Which larger classes may serve a class that has no block at hand: those whose blocks are at most
 * so many times as long as any request of the class ("W_MAX"), and that lie at the same multiples,
 * for an alignment is served by a class whose blocks are aligned.
 *
 * @param first number of the first class
 * @param classes for each class from the first on, the larger ones by ascending size
 */
@SuppressWarnings("ArrayRecordComponent") // never handed out, never compared
record LargerClasses(int first, int[][] classes) {
  /**
   * Of the classes of one tier.
   *
   * @param percent block size in per cent of a request, at most; 100 = none may
   */
  static LargerClasses of(SizeClasses sizes, int first, int last, int percent) {
    int[][] classes =
        IntStream.rangeClosed(first, last)
            .mapToObj(sizeClass ->
                IntStream.rangeClosed(sizeClass + 1, last)
                    .filter(larger -> mayServe(sizes, sizeClass, larger, percent))
                    .toArray())
            .toArray(int[][]::new);
    return new LargerClasses(first, classes);
  }

  private static boolean mayServe(SizeClasses sizes, int sizeClass, int larger, int percent) {
    long smallestRequest = sizes.bytes(sizeClass - 1) + 1L; // class 0 has no bytes
    return sizes.bytes(larger) * 100L <= smallestRequest * percent
        && alignment(sizes.bytes(larger)) >= alignment(sizes.bytes(sizeClass));
  }

  /** Of what power of two the blocks of a class lie at multiples; a slab begins at a page. */
  private static int alignment(int blockBytes) {
    return Math.min(Integer.lowestOneBit(blockBytes), PageTable.PAGE_BYTES);
  }

  /** The larger classes that may serve one, by ascending size. */
  int[] than(int sizeClass) {
    return classes[sizeClass - first];
  }
}
