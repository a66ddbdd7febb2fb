package hak.store.space;

import static hak.store.file.StoreHeader.BINS;
import static hak.store.file.StoreHeader.BIN_MAP;
import static hak.store.file.StoreHeader.FIRST_EXTENT;
import static hak.store.file.StoreHeader.LAST_EXTENT;
import static hak.store.file.StoreHeader.USED_UNITS;

import hak.store.StoreCorruptException;
import hak.store.StoreOptions;
import hak.store.file.Region;
import hak.store.file.StoreHeader;

/**
 * The data space, cut into extents that objects have or that are free: address order, immediate
 * coalescing, splitting. Bins divide each doubling of the length into 8.
 *
 * <p>Invariants: the extents from {@code firstExtent} along {@code next} cover the committed data
 * space without gap or overlap; no two free ones are neighbours; each free one is in the bin of its
 * length.
 *
 * <p>Used under the store's lock only.
 */
public final class FreeSpace {
  public static final int NONE = ExtentTable.NONE;

  private static final int BIN_STEPS_SHIFT = 3;

  private final Region region;
  private final ExtentTable table;
  private final Placement placement;

  public FreeSpace(Region region, StoreHeader header, Placement placement) {
    this.region = region;
    this.placement = placement;
    table = new ExtentTable(region, header);
  }

  /** Units that {@code bytes} take. */
  public static int units(long bytes) {
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

  public ExtentTable table() {
    return table;
  }

  // Bins

  private int bin(int bin) {
    return region.getInt(BINS + 4L * bin);
  }

  private void addToBin(int extent) {
    int bin = binOf(table.length(extent));
    int head = bin(bin);
    table.put(extent, ExtentTable.SLOT, ExtentTable.FREE);
    table.put(extent, ExtentTable.BIN_PREVIOUS, NONE);
    table.put(extent, ExtentTable.BIN_NEXT, head);
    if (head != NONE) {
      table.put(head, ExtentTable.BIN_PREVIOUS, extent);
    }
    setBin(bin, extent);
  }

  private void removeFromBin(int extent) {
    int before = table.get(extent, ExtentTable.BIN_PREVIOUS);
    int after = table.get(extent, ExtentTable.BIN_NEXT);
    if (after != NONE) {
      table.put(after, ExtentTable.BIN_PREVIOUS, before);
    }
    if (before != NONE) {
      table.put(before, ExtentTable.BIN_NEXT, after);
    } else {
      setBin(binOf(table.length(extent)), after);
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
      for (int extent = bin(bin);
          extent != NONE;
          extent = table.get(extent, ExtentTable.BIN_NEXT)) {
        int length = table.length(extent);
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
    for (int extent = table.first(); extent != NONE; extent = table.next(extent)) {
      if (table.isFree(extent) && table.length(extent) >= units) {
        return extent;
      }
      step(++steps);
    }
    return NONE;
  }

  /** Ends walks of lists that damage has closed to a ring. */
  private void step(int steps) {
    if (steps > table.count()) {
      throw new StoreCorruptException("a list of extents does not end");
    }
  }

  // Operations

  /** Takes space; returns its extent, or -1 when no free extent is long enough. */
  public int allocate(int units, int slot) {
    int extent = placement.choose(this, units);
    if (extent == NONE) {
      return NONE;
    }
    int length = table.length(extent);
    if (!table.isFree(extent) || length < units) {
      throw new StoreCorruptException("extent " + extent + " is listed as free");
    }
    removeFromBin(extent);
    if (length > units) {
      addToBin(cut(extent, length, units));
    }
    table.put(extent, ExtentTable.SLOT, slot);
    region.putLong(USED_UNITS, table.usedUnits() + units);
    return extent;
  }

  /** Leaves the first units to an extent that was allocated; gives the rest to that slot. */
  public int split(int extent, int units, int slot) {
    int rest = cut(extent, table.length(extent), units);
    table.put(rest, ExtentTable.SLOT, slot);
    return rest;
  }

  /** Makes an extent shorter; returns that of what is cut off, which is in no bin. */
  private int cut(int extent, int length, int units) {
    int rest = table.takeRow();
    table.put(rest, ExtentTable.START, table.start(extent) + units);
    table.put(rest, ExtentTable.LENGTH, length - units);
    table.put(extent, ExtentTable.LENGTH, units);
    linkAfter(extent, rest);
    return rest;
  }

  /** Gives an extent back and merges it with its free neighbours. */
  public void release(int extent) {
    if (table.get(extent, ExtentTable.SLOT) < 0) {
      throw new StoreCorruptException("extent " + extent + " is free already");
    }
    region.putLong(USED_UNITS, table.usedUnits() - table.length(extent));
    int before = table.get(extent, ExtentTable.PREVIOUS);
    int after = table.get(extent, ExtentTable.NEXT);
    if (after != NONE && table.isFree(after)) {
      removeFromBin(after);
      absorb(extent, after);
    }
    if (before != NONE && table.isFree(before)) {
      removeFromBin(before);
      absorb(before, extent);
      addToBin(before);
    } else {
      addToBin(extent);
    }
  }

  private void absorb(int extent, int after) {
    table.put(extent, ExtentTable.LENGTH, table.length(extent) + table.length(after));
    int next = table.get(after, ExtentTable.NEXT);
    table.put(extent, ExtentTable.NEXT, next);
    if (next != NONE) {
      table.put(next, ExtentTable.PREVIOUS, extent);
    } else {
      region.putInt(LAST_EXTENT, extent);
    }
    table.dropRow(after);
  }

  private void linkAfter(int extent, int added) {
    int next = extent == NONE ? table.first() : table.get(extent, ExtentTable.NEXT);
    table.put(added, ExtentTable.PREVIOUS, extent);
    table.put(added, ExtentTable.NEXT, next);
    if (next != NONE) {
      table.put(next, ExtentTable.PREVIOUS, added);
    } else {
      region.putInt(LAST_EXTENT, added);
    }
    if (extent != NONE) {
      table.put(extent, ExtentTable.NEXT, added);
    } else {
      region.putInt(FIRST_EXTENT, added);
    }
  }

  /** Adds the space from {@code from} on, which was committed just now, as free. */
  public void extend(int from, int units) {
    int last = region.getInt(LAST_EXTENT);
    if (last != NONE && table.isFree(last)) {
      removeFromBin(last);
      table.put(last, ExtentTable.LENGTH, table.get(last, ExtentTable.LENGTH) + units);
      addToBin(last);
    } else {
      append(from, units, ExtentTable.FREE);
    }
  }

  /** Free units at the end of the committed space. */
  public int freeAtEnd() {
    int last = region.getInt(LAST_EXTENT);
    return last != NONE && table.isFree(last) ? table.length(last) : 0;
  }

  private int append(int start, int units, int slot) {
    int extent = table.takeRow();
    table.put(extent, ExtentTable.START, start);
    table.put(extent, ExtentTable.LENGTH, units);
    linkAfter(region.getInt(LAST_EXTENT), extent);
    if (slot == ExtentTable.FREE) {
      addToBin(extent);
    } else {
      table.put(extent, ExtentTable.SLOT, slot);
      region.putLong(USED_UNITS, table.usedUnits() + units);
    }
    return extent;
  }

  /** Forgets all extents. */
  public void clear() {
    for (int bin = 0; bin < StoreHeader.BIN_COUNT; bin++) {
      setBin(bin, NONE);
    }
    region.putInt(FIRST_EXTENT, NONE);
    region.putInt(LAST_EXTENT, NONE);
    region.putLong(USED_UNITS, 0);
    table.dropAll();
  }

  /**
   * Checks that each free extent is in the bin of its length and nothing else is in a bin, and that
   * each row of the table is an extent or listed as unused.
   *
   * @throws StoreCorruptException when that is not so
   */
  public void checkLists() {
    int binned = 0;
    for (int bin = 0; bin < StoreHeader.BIN_COUNT; bin++) {
      boolean marked = (region.getLong(BIN_MAP + 8L * (bin >>> 6)) >>> (bin & 63) & 1) != 0;
      if (marked != (bin(bin) != NONE)) {
        throw new StoreCorruptException("bin " + bin + " and the map of bins differ");
      }
      for (int extent = bin(bin);
          extent != NONE;
          extent = table.get(extent, ExtentTable.BIN_NEXT)) {
        if (!table.isFree(extent) || binOf(table.length(extent)) != bin) {
          throw new StoreCorruptException("extent " + extent + " is in bin " + bin);
        }
        step(++binned);
      }
    }
    int free = 0;
    int rows = 0;
    for (int extent = table.first(); extent != NONE; extent = table.next(extent)) {
      free += table.isFree(extent) ? 1 : 0;
      step(++rows);
    }
    int used = table.checkRows();
    if (free != binned || rows != used) {
      throw new StoreCorruptException(
          free + " free extents, " + binned + " in bins, " + rows + " extents, " + used + " rows");
    }
  }

  /** Appends an object's extent during a rebuild, and the free one before it. */
  public int restore(int start, int units, int slot) {
    int end = end();
    if (start > end) {
      append(end, start - end, ExtentTable.FREE);
    }
    return append(start, units, slot);
  }

  /** Makes the rest of the committed space free, at the end of a rebuild. */
  public void restoreEnd() {
    int end = end();
    int committed = Math.toIntExact(table.committedUnits());
    if (committed > end) {
      append(end, committed - end, ExtentTable.FREE);
    }
  }

  private int end() {
    int last = region.getInt(LAST_EXTENT);
    return last == NONE ? 0 : table.start(last) + table.length(last);
  }
}
