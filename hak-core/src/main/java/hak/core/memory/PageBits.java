package hak.core.memory;

/** Arithmetic on a word with a bit for each page of a superslab. */
final class PageBits {
  /** A run may begin anywhere. */
  static final int ANY_START = -1;

  private PageBits() {}

  /** The bits at which {@code count} set bits of {@code free} begin. */
  static int runStarts(int free, int count) {
    int starts = free;
    for (int i = 1; i < count && starts != 0; i++) {
      starts &= free >>> i;
    }
    return starts;
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
