package hak.big;

import hak.core.memory.Round;

/**
 * The free extents, each in the tree of its state, DIRTY or CLEAN, and of the pages of its range,
 * small or huge. Not synchronised; {@link BigTier} holds its lock around every call.
 *
 * <p>Invariant: {@code dirtyBytes} is the sum over the two trees of dirty ones.
 */
final class FreeExtents implements Extents.Rows {
  private static final int NONE = Extents.NONE;
  private static final int KINDS_OF_PAGES = 2;

  private final Extents extents;
  private final SizeTree[] dirty = new SizeTree[KINDS_OF_PAGES];
  private final SizeTree[] clean = new SizeTree[KINDS_OF_PAGES];
  private long dirtyBytes;

  /** None. */
  FreeExtents(Extents extents, int capacity) {
    this.extents = extents;
    for (int kind = 0; kind < KINDS_OF_PAGES; kind++) {
      dirty[kind] = new SizeTree(extents, capacity);
      clean[kind] = new SizeTree(extents, capacity);
    }
  }

  @Override
  public void grow(int capacity) {
    for (int kind = 0; kind < KINDS_OF_PAGES; kind++) {
      dirty[kind].grow(capacity);
      clean[kind].grow(capacity);
    }
  }

  private static int kind(boolean isHuge) {
    return isHuge ? 1 : 0;
  }

  private SizeTree treeOf(int extent) {
    return tree(extents.state(extent), extents.isHuge(extent));
  }

  private SizeTree tree(byte state, boolean isHuge) {
    return (state == Extents.DIRTY ? dirty : clean)[kind(isHuge)];
  }

  /** Takes in a free extent. */
  void file(int extent) {
    assert extents.isFree(extent) : "only free ones are filed";
    treeOf(extent).insert(extent);
    dirtyBytes += dirtyBytesOf(extent);
  }

  /** Takes out a free extent, whose length and state are those it was filed with. */
  void unfile(int extent) {
    treeOf(extent).remove(extent);
    dirtyBytes -= dirtyBytesOf(extent);
  }

  private long dirtyBytesOf(int extent) {
    return extents.state(extent) == Extents.DIRTY ? extents.bytes(extent) : 0;
  }

  /**
   * An extent in which there is a place for a block; NONE = there is none. Memory that is there
   * already comes first, of a block of which nothing is known also that in pages of the other kind.
   *
   * @param bytes its length, whole pages
   * @param isHuge the pages that it should have
   */
  int find(long bytes, long alignment, Place place, boolean isHuge) {
    int extent = place == Place.TO_GROW ? withRoomBehind(isHuge, bytes, alignment) : NONE;
    if (extent == NONE) {
      extent = bestFit(Extents.DIRTY, isHuge, bytes, alignment);
    }
    if (extent == NONE && place == Place.USUAL) {
      extent = bestFit(Extents.DIRTY, !isHuge, bytes, alignment);
    }
    return extent != NONE ? extent : bestFit(Extents.CLEAN, isHuge, bytes, alignment);
  }

  private int withRoomBehind(boolean isHuge, long bytes, long alignment) {
    long room = 2 * withSlack(bytes, alignment);
    int warm = bestFit(Extents.DIRTY, isHuge, bytes, alignment);
    if (warm != NONE && extents.freeBytesFrom(warm) >= room) {
      return warm;
    }
    int longest = clean[kind(isHuge)].longest();
    return longest != NONE && extents.bytes(longest) >= room ? longest : NONE;
  }

  /**
   * The shortest extent that has so many bytes from a multiple of {@code alignment} on, or one that
   * has them wherever it begins; NONE = there is none.
   *
   * @param state DIRTY or CLEAN
   */
  private int bestFit(byte state, boolean isHuge, long bytes, long alignment) {
    SizeTree tree = tree(state, isHuge);
    int extent = tree.leastAtLeast(bytes);
    return extent == NONE || fits(extent, bytes, alignment)
        ? extent
        : tree.leastAtLeast(withSlack(bytes, alignment));
  }

  private boolean fits(int extent, long bytes, long alignment) {
    return Round.up(extents.address(extent), alignment) + bytes <= extents.end(extent);
  }

  /** The length that fits wherever it begins. */
  static long withSlack(long bytes, long alignment) {
    return bytes + Math.max(alignment, ExtentHeap.PAGE) - ExtentHeap.PAGE;
  }

  /** Bytes that are free and have their memory. */
  long dirtyBytes() {
    return dirtyBytes;
  }
}
