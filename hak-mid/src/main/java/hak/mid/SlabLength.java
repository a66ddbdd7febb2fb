package hak.mid;

import hak.core.memory.PageTable;

/** How many pages a slab of large blocks has, so that little of it is left over at its end. */
final class SlabLength {
  /** A quarter of a superslab: a longer run is found more seldom. */
  private static final int MOST_PAGES = 8;

  /**
   * With fewer blocks a slab is claimed and given back all the time; of the largest two must do.
   */
  private static final int FEWEST_BLOCKS = 4;

  /** At most this part of a slab may be left over. */
  private static final int LEFT_OVER = 32;

  private SlabLength() {}

  /**
   * The shortest slab with so few left over and so many blocks; {@value #MOST_PAGES} pages when no
   * shorter one is like that.
   */
  static int best(int blockBytes) {
    int fewest = MOST_PAGES * PageTable.PAGE_BYTES / blockBytes < FEWEST_BLOCKS ? 2 : FEWEST_BLOCKS;
    int best = MOST_PAGES;
    for (int pages = MOST_PAGES; pages >= least(blockBytes); pages--) {
      int bytes = pages * PageTable.PAGE_BYTES;
      boolean wellUsed = bytes % blockBytes <= bytes / LEFT_OVER;
      if (wellUsed && bytes / blockBytes >= fewest) {
        best = pages;
      }
    }
    return best;
  }

  /** The pages of a slab of one block, or more where they fit. */
  static int least(int blockBytes) {
    return (blockBytes + PageTable.PAGE_BYTES - 1) / PageTable.PAGE_BYTES;
  }
}
