package hak.core.spi;

import hak.core.memory.PageTable;

/**
 * What is asked for in addition at one place of a program. It changes requests and not blocks: a
 * block that a site got is resized, measured and freed as any other.
 *
 * @param leastBytes a smaller request is raised to so many bytes, and with them to a larger size
 *     class and perhaps another tier; 0 to {@link #MOST_BYTES}
 * @param alignment blocks are at a multiple of so many bytes, a power of two up to {@link
 *     #MOST_ALIGNMENT}; 1 asks for nothing
 * @param headroomPercent a request is raised by so much of itself, for blocks that will grow; 0 to
 *     {@link #MOST_HEADROOM_PERCENT}
 */
public record SiteRule(long leastBytes, long alignment, int headroomPercent) {
  /** Largest {@link #leastBytes}: 1 GiB. */
  public static final long MOST_BYTES = 1L << 30;

  /** Largest {@link #alignment}: that of a page, 64 KiB. */
  public static final long MOST_ALIGNMENT = PageTable.PAGE_BYTES;

  /** Largest {@link #headroomPercent}. */
  public static final int MOST_HEADROOM_PERCENT = 1_000;

  /** Asks for nothing. */
  public static final SiteRule NONE = new SiteRule(0, 1, 0);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public SiteRule {
    requireInRange("least bytes", leastBytes, 0, MOST_BYTES);
    requireInRange("alignment", alignment, 1, MOST_ALIGNMENT);
    requireInRange("percent of headroom", headroomPercent, 0, MOST_HEADROOM_PERCENT);
    if (Long.bitCount(alignment) != 1) {
      throw new IllegalArgumentException("alignment " + alignment + " is not a power of two");
    }
  }

  private static void requireInRange(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + ": " + value + " is not from " + least + " to " + most);
    }
  }
}
