package hak.core.memory;

/** Arithmetic on a word with a bit for each page of a superslab. */
final class PageBits {
  /** A run may begin anywhere. */
  static final int ANY_START = -1;

  private PageBits() {}

  /**
   * The bits at which {@code count} set bits of {@code free} begin, 1 to 32. By doubling: where a
   * run begins, and one of the same length so many bits further on, begins a longer one.
   */
  static int runStarts(int free, int count) {
    int starts = free;
    int length = 1;
    for (; 2 * length <= count; length *= 2) {
      starts &= starts >>> length;
    }
    return starts & (starts >>> (count - length));
  }

  /** The bits at multiples of {@code pages}, a power of two up to 32. */
  static int startsAt(int pages) {
    int starts = 0;
    for (int bit = 0; bit < Integer.SIZE; bit += pages) {
      starts |= 1 << bit;
    }
    return starts;
  }

  /** {@code count} bits, up to 32, from {@code bit} on. */
  static long mask(int bit, int count) {
    return ((1L << count) - 1) << bit;
  }
}
