package hak.store;

import static hak.store.StoreHeader.BINS;
import static hak.store.StoreHeader.BIN_MAP;
import static hak.store.StoreHeader.FIRST_EXTENT;
import static hak.store.StoreHeader.LAST_EXTENT;
import static hak.store.StoreHeader.SPARE_EXTENT;
import static hak.store.StoreHeader.USED_UNITS;

/**
 * The data space, cut into extents that objects have or that are free. The table of extents lies
 * outside of the data, so no object can damage it.
 *
 * <pre>
 *    0  start      first unit                                       int
 *    4  length     units, 1 or more                                 int
 *    8  previous   the extent before it in the data space, -1       int
 *   12  next       the one after it, -1                             int
 *   16  binPrev    links of the bin of a free extent, -1            int
 *   20  binNext    the same; of an unused row the next unused one   int
 *   24  slot       the object's slot, -1 = free, -2 = unused row    int
 *   28  -                                                           int
 * </pre>
 *
 * <p>Invariants: the extents from {@code firstExtent} along {@code next} cover the committed data
 * space without gap or overlap; no two free ones are neighbours; each free one is in the bin of its
 * length. Bins divide each doubling of the length into 8.
 *
 * <p>Used under the store's lock only. Rows are read from shared memory, so their numbers are
 * checked before use; a wrong one throws StoreCorruptException and leaves the bookkeeping torn, to
 * be built anew.
 */
final class FreeSpace {
  static final int EXTENT_BYTES = 32;
  static final int NONE = -1;

  private static final int START = 0;
  private static final int LENGTH = 4;
  private static final int PREVIOUS = 8;
  private static final int NEXT = 12;
  private static final int BIN_PREVIOUS = 16;
  private static final int BIN_NEXT = 20;
  private static final int SLOT = 24;

  private static final int FREE = -1;
  private static final int UNUSED = -2;
  private static final int BIN_STEPS_SHIFT = 3;

  private final Region region;
  private final StoreHeader header;
  private final Placement placement;
  private final int count;

  FreeSpace(Region region, StoreHeader header, Placement placement) {
    this.region = region;
    this.header = header;
    this.placement = placement;
    count = header.extentCount();
  }

  /** Units that {@code bytes} take. */
  static int units(long bytes) {
    if (bytes < 0 || bytes > StoreOptions.MAX_CAPACITY_BYTES) {
      throw new StoreCorruptException("a length of " + bytes + " bytes");
    }
    return (int) ((bytes + StoreHeader.UNIT_BYTES - 1) >>> StoreHeader.UNIT_SHIFT);
  }

  static int binOf(int units) {
    int log = 31 - Integer.numberOfLeadingZeros(units);
    return log < BIN_STEPS_SHIFT
        ? units
        : ((log - BIN_STEPS_SHIFT + 1) << BIN_STEPS_SHIFT)
            + (units >>> (log - BIN_STEPS_SHIFT) & ((1 << BIN_STEPS_SHIFT) - 1));
  }

  // Rows

  private int get(int extent, int field) {
    return region.getInt(at(extent) + field);
  }

  private void put(int extent, int field, int value) {
    region.putInt(at(extent) + field, value);
  }

  private long at(int extent) {
    if (extent < 0 || extent >= count) {
      throw new StoreCorruptException("extent " + extent + " of " + count);
    }
    return header.extentsOffset() + (long) extent * EXTENT_BYTES;
  }

  int start(int extent) {
    return get(extent, START);
  }

  /** Length in units; checked to lie within the data space. */
  int length(int extent) {
    int start = get(extent, START);
    int length = get(extent, LENGTH);
    if (start < 0 || length <= 0 || (long) start + length > committedUnits()) {
      throw new StoreCorruptException("extent " + extent + " is at " + start + "+" + length);
    }
    return length;
  }

  int next(int extent) {
    return get(extent, NEXT);
  }

  boolean isFree(int extent) {
    return get(extent, SLOT) == FREE;
  }

  int slot(int extent) {
    return get(extent, SLOT);
  }

  int first() {
    return region.getInt(FIRST_EXTENT);
  }

  private int takeRow() {
    int extent = region.getInt(SPARE_EXTENT);
    if (get(extent, SLOT) != UNUSED) {
      throw new StoreCorruptException("extent " + extent + " is listed as unused");
    }
    region.putInt(SPARE_EXTENT, get(extent, BIN_NEXT));
    return extent;
  }

  private void dropRow(int extent) {
    put(extent, SLOT, UNUSED);
    put(extent, BIN_NEXT, region.getInt(SPARE_EXTENT));
    region.putInt(SPARE_EXTENT, extent);
  }

  long committedUnits() {
    return region.getLong(StoreHeader.COMMITTED) >>> StoreHeader.UNIT_SHIFT;
  }

  long usedUnits() {
    return region.getLong(USED_UNITS);
  }

  // Bins

  private int bin(int bin) {
    return region.getInt(BINS + 4L * bin);
  }

  private void addToBin(int extent) {
    int bin = binOf(length(extent));
    int head = bin(bin);
    put(extent, SLOT, FREE);
    put(extent, BIN_PREVIOUS, NONE);
    put(extent, BIN_NEXT, head);
    if (head != NONE) {
      put(head, BIN_PREVIOUS, extent);
    }
    setBin(bin, extent);
  }

  private void removeFromBin(int extent) {
    int before = get(extent, BIN_PREVIOUS);
    int after = get(extent, BIN_NEXT);
    if (after != NONE) {
      put(after, BIN_PREVIOUS, before);
    }
    if (before != NONE) {
      put(before, BIN_NEXT, after);
    } else {
      setBin(binOf(length(extent)), after);
    }
  }

  private void setBin(int bin, int extent) {
    region.putInt(BINS + 4L * bin, extent);
    long word = BIN_MAP + 8L * (bin >>> 6);
    long bit = 1L << (bin & 63);
    long map = region.getLong(word);
    region.putLong(word, extent == NONE ? map & ~bit : map | bit);
  }

  private int nextBin(int from) {
    for (int word = from >>> 6; word < (StoreHeader.BIN_COUNT + 63) / 64; word++) {
      long map = region.getLong(BIN_MAP + 8L * word);
      if (word == from >>> 6) {
        map &= -1L << (from & 63);
      }
      if (map != 0) {
        int bin = (word << 6) + Long.numberOfTrailingZeros(map);
        return bin < StoreHeader.BIN_COUNT ? bin : NONE;
      }
    }
    return NONE;
  }

  int nextBinUp(int units) {
    int bin = nextBin(binOf(units) + 1);
    return bin == NONE ? NONE : bin(bin);
  }

  int bestFit(int units) {
    for (int bin = nextBin(binOf(units)); bin != NONE; bin = nextBin(bin + 1)) {
      int best = NONE;
      int bestLength = Integer.MAX_VALUE;
      int steps = 0;
      for (int extent = bin(bin); extent != NONE; extent = get(extent, BIN_NEXT)) {
        int length = length(extent);
        if (length >= units && length < bestLength) {
          best = extent;
          bestLength = length;
        }
        step(++steps);
      }
      if (best != NONE) {
        return best;
      }
    }
    return NONE;
  }

  int firstFit(int units) {
    int steps = 0;
    for (int extent = first(); extent != NONE; extent = next(extent)) {
      if (isFree(extent) && length(extent) >= units) {
        return extent;
      }
      step(++steps);
    }
    return NONE;
  }

  /** Ends walks of lists that damage has closed to a ring. */
  private void step(int steps) {
    if (steps > count) {
      throw new StoreCorruptException("a list of extents does not end");
    }
  }

  // Operations

  /** Takes space; returns its extent, or -1 when no free extent is long enough. */
  int allocate(int units, int slot) {
    int extent = placement.choose(this, units);
    if (extent == NONE) {
      return NONE;
    }
    int length = length(extent);
    if (!isFree(extent) || length < units) {
      throw new StoreCorruptException("extent " + extent + " is listed as free");
    }
    removeFromBin(extent);
    if (length > units) {
      int rest = takeRow();
      put(rest, START, start(extent) + units);
      put(rest, LENGTH, length - units);
      put(extent, LENGTH, units);
      linkAfter(extent, rest);
      addToBin(rest);
    }
    put(extent, SLOT, slot);
    region.putLong(USED_UNITS, usedUnits() + units);
    return extent;
  }

  /** Gives an extent back and merges it with its free neighbours. */
  void release(int extent) {
    if (get(extent, SLOT) < 0) {
      throw new StoreCorruptException("extent " + extent + " is free already");
    }
    region.putLong(USED_UNITS, usedUnits() - length(extent));
    int before = get(extent, PREVIOUS);
    int after = get(extent, NEXT);
    if (after != NONE && isFree(after)) {
      removeFromBin(after);
      absorb(extent, after);
    }
    if (before != NONE && isFree(before)) {
      removeFromBin(before);
      absorb(before, extent);
      addToBin(before);
    } else {
      addToBin(extent);
    }
  }

  private void absorb(int extent, int after) {
    put(extent, LENGTH, length(extent) + length(after));
    int next = get(after, NEXT);
    put(extent, NEXT, next);
    if (next != NONE) {
      put(next, PREVIOUS, extent);
    } else {
      region.putInt(LAST_EXTENT, extent);
    }
    dropRow(after);
  }

  private void linkAfter(int extent, int added) {
    int next = extent == NONE ? first() : get(extent, NEXT);
    put(added, PREVIOUS, extent);
    put(added, NEXT, next);
    if (next != NONE) {
      put(next, PREVIOUS, added);
    } else {
      region.putInt(LAST_EXTENT, added);
    }
    if (extent != NONE) {
      put(extent, NEXT, added);
    } else {
      region.putInt(FIRST_EXTENT, added);
    }
  }

  /** Adds the space from {@code from} on, which was committed just now, as free. */
  void extend(int from, int units) {
    int last = region.getInt(LAST_EXTENT);
    if (last != NONE && isFree(last)) {
      removeFromBin(last);
      put(last, LENGTH, get(last, LENGTH) + units);
      addToBin(last);
    } else {
      append(from, units, FREE);
    }
  }

  /** Free units at the end of the committed space. */
  int freeAtEnd() {
    int last = region.getInt(LAST_EXTENT);
    return last != NONE && isFree(last) ? length(last) : 0;
  }

  private int append(int start, int units, int slot) {
    int extent = takeRow();
    put(extent, START, start);
    put(extent, LENGTH, units);
    linkAfter(region.getInt(LAST_EXTENT), extent);
    if (slot == FREE) {
      addToBin(extent);
    } else {
      put(extent, SLOT, slot);
      region.putLong(USED_UNITS, usedUnits() + units);
    }
    return extent;
  }

  /** Forgets all extents. */
  void clear() {
    for (int bin = 0; bin < StoreHeader.BIN_COUNT; bin++) {
      setBin(bin, NONE);
    }
    region.putInt(FIRST_EXTENT, NONE);
    region.putInt(LAST_EXTENT, NONE);
    region.putInt(SPARE_EXTENT, NONE);
    region.putLong(USED_UNITS, 0);
    for (int extent = count - 1; extent >= 0; extent--) {
      dropRow(extent);
    }
  }

  /**
   * Checks that each free extent is in the bin of its length and nothing else is in a bin, and that
   * each row of the table is an extent or listed as unused.
   *
   * @throws StoreCorruptException when that is not so
   */
  void checkLists() {
    int binned = 0;
    for (int bin = 0; bin < StoreHeader.BIN_COUNT; bin++) {
      boolean marked = (region.getLong(BIN_MAP + 8L * (bin >>> 6)) >>> (bin & 63) & 1) != 0;
      if (marked != (bin(bin) != NONE)) {
        throw new StoreCorruptException("bin " + bin + " and the map of bins differ");
      }
      for (int extent = bin(bin); extent != NONE; extent = get(extent, BIN_NEXT)) {
        if (!isFree(extent) || binOf(length(extent)) != bin) {
          throw new StoreCorruptException("extent " + extent + " is in bin " + bin);
        }
        step(++binned);
      }
    }
    int free = 0;
    int rows = 0;
    for (int extent = first(); extent != NONE; extent = next(extent)) {
      free += isFree(extent) ? 1 : 0;
      step(++rows);
    }
    for (int row = region.getInt(SPARE_EXTENT); row != NONE; row = get(row, BIN_NEXT)) {
      if (get(row, SLOT) != UNUSED) {
        throw new StoreCorruptException("extent " + row + " is listed as unused");
      }
      step(++rows);
    }
    if (free != binned || rows != count) {
      throw new StoreCorruptException(
          free + " free extents, " + binned + " in bins, " + rows + " rows of " + count);
    }
  }

  /** Appends an object's extent during a rebuild, and the free one before it. */
  int restore(int start, int units, int slot) {
    int end = end();
    if (start > end) {
      append(end, start - end, FREE);
    }
    return append(start, units, slot);
  }

  /** Makes the rest of the committed space free, at the end of a rebuild. */
  void restoreEnd() {
    int end = end();
    int committed = Math.toIntExact(committedUnits());
    if (committed > end) {
      append(end, committed - end, FREE);
    }
  }

  private int end() {
    int last = region.getInt(LAST_EXTENT);
    return last == NONE ? 0 : start(last) + length(last);
  }
}
