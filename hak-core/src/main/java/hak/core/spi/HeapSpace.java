package hak.core.spi;

/**
 * What a box keeps in every thread heap. Declared by its provider before anything is mapped, so
 * that a profile whose heaps do not fit is refused; the box may ask its context for no more.
 *
 * @param perClassBytes all that it asks of {@link BoxContext#perClass} together, a multiple of 8
 * @param perHeapBytes all that it asks of {@link BoxContext#perHeap} and {@link
 *     BoxContext#remoteFrees} together, each request rounded up to whole cache lines
 */
public record HeapSpace(int perClassBytes, int perHeapBytes) {
  /** Bytes of a cache line; what is kept once in a heap begins at one. */
  public static final int LINE_BYTES = 64;

  /** For a box that keeps nothing in thread heaps. */
  public static final HeapSpace NONE = new HeapSpace(0, 0);

  /**
   * Checks the units.
   *
   * @throws IllegalArgumentException if a number is negative, or no multiple of 8 or of {@link
   *     #LINE_BYTES}
   */
  public HeapSpace {
    if (perClassBytes < 0 || perClassBytes % Long.BYTES != 0) {
      throw new IllegalArgumentException(
          perClassBytes + " B per size class; a multiple of 8 is needed");
    }
    if (perHeapBytes < 0 || perHeapBytes % LINE_BYTES != 0) {
      throw new IllegalArgumentException(
          perHeapBytes + " B per heap; a multiple of " + LINE_BYTES + " is needed");
    }
  }

  /** So much for each size class and nothing else. */
  public static HeapSpace perClass(int bytes) {
    return new HeapSpace(bytes, 0);
  }
}
