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

  /** How many set bits of {@code free} are neighbours at most, 0 to 32. */
  static int longestRun(int free) {
    if (free == -1) {
      return Integer.SIZE;
    }
    int by2 = free & free >>> 1;
    int by4 = by2 & by2 >>> 2;
    int by8 = by4 & by4 >>> 4;
    int by16 = by8 & by8 >>> 8;
    int starts = -1; // of runs as long as what was found
    int length = 0;
    if (by16 != 0) {
      starts = by16;
      length = 16;
    }
    int more = starts & by8 >>> length;
    if (more != 0) {
      starts = more;
      length += 8;
    }
    more = starts & by4 >>> length;
    if (more != 0) {
      starts = more;
      length += 4;
    }
    more = starts & by2 >>> length;
    if (more != 0) {
      starts = more;
      length += 2;
    }
    return (starts & free >>> length) != 0 ? length + 1 : length;
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
