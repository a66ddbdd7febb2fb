package hak.store.space;

import static hak.store.file.StoreHeader.FIRST_EXTENT;
import static hak.store.file.StoreHeader.LAST_EXTENT;
import static hak.store.file.StoreHeader.USED_UNITS;

import hak.store.StoreCorruptException;
import hak.store.file.Region;
import hak.store.file.StoreHeader;

/**
 * The data space, cut into extents that objects have or that are free: address order, immediate
 * coalescing, splitting. {@link SizeIndex} has the free ones by length.
 *
 * <p>Invariants: the extents from {@code firstExtent} along {@code next} cover the committed data
 * space without gap or overlap; no two free ones are neighbours; each free one is in the index.
 *
 * <p>Used under the store's lock only.
 */
public final class FreeSpace {
  public static final int NONE = ExtentTable.NONE;

  /** There is space, but not all of it has memory: see {@link #choose} and {@link #back}. */
  public static final int UNBACKED = -2;

  private final Region region;
  private final ExtentTable table;
  private final SizeIndex index;
  private final Placement placement;

  public FreeSpace(Region region, StoreHeader header, Placement placement) {
    this.region = region;
    this.placement = placement;
    table = new ExtentTable(region, header);
    index = new SizeIndex(region, header, table);
  }

  public ExtentTable table() {
    return table;
  }

  int nextBinUp(int units) {
    return index.nextBinUp(units);
  }

  int bestFit(int units) {
    return index.bestFit(units);
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
  public void step(int steps) {
    if (steps > table.count()) {
      throw new StoreCorruptException("a list of extents does not end");
    }
  }

  /** Whether some free extent is long enough. */
  public boolean fits(int units) {
    return index.bestFit(units) != NONE;
  }

  /** The free extent that serves a request, -1 when none is long enough. */
  public int choose(int units) {
    return placement.choose(this, units);
  }

  /**
   * Says that the memory behind a free extent reaches up to that unit of the data space; nothing
   * when it begins somewhere else by now, or is not free.
   */
  public void back(int extent, int start, int end) {
    if (table.isFree(extent) && table.start(extent) == start) {
      int units = Math.min(end - start, table.length(extent));
      table.put(extent, ExtentTable.BACKED, Math.max(units, table.backed(extent)));
    }
  }

  /** Says that a free extent may have no memory from so many units after its begin on. */
  public void unback(int extent, int units) {
    table.put(extent, ExtentTable.BACKED, Math.min(units, table.backed(extent)));
  }

  /**
   * Takes space; returns its extent, {@link #NONE} when no free extent is long enough, {@link
   * #UNBACKED} when the chosen one lacks memory.
   */
  public int allocate(int units, int slot) {
    int extent = placement.choose(this, units);
    if (extent == NONE) {
      return NONE;
    }
    int length = table.length(extent);
    if (!table.isFree(extent) || length < units) {
      throw new StoreCorruptException("extent " + extent + " is listed as free");
    }
    if (table.backed(extent, length) < units) {
      return UNBACKED;
    }
    int taken = take(extent, length, units);
    table.put(taken, ExtentTable.SLOT, slot);
    region.putLong(USED_UNITS, table.usedUnits() + units);
    return taken;
  }

  /** Takes the first units of a free extent that have memory; returns their extent. */
  private int take(int extent, int length, int units) {
    if (length > units && index.holds(extent, length, length - units)) {
      return cutFront(extent, length, units);
    }
    index.remove(extent);
    if (length > units) {
      index.add(cut(extent, length, units));
    }
    return extent;
  }

  /** Leaves the first units to an extent that was allocated; gives the rest to that slot. */
  public int split(int extent, int units, int slot) {
    int rest = cut(extent, table.length(extent), units);
    table.put(rest, ExtentTable.SLOT, slot);
    return rest;
  }

  /** Makes a free extent begin later; returns that of its first units. */
  private int cutFront(int extent, int length, int units) {
    int front = table.takeRow();
    int start = table.start(extent);
    int backed = table.backed(extent, length);
    table.put(front, ExtentTable.START, start);
    table.put(front, ExtentTable.LENGTH, units);
    table.put(front, ExtentTable.BACKED, units);
    table.put(extent, ExtentTable.START, start + units);
    table.put(extent, ExtentTable.LENGTH, length - units);
    table.put(extent, ExtentTable.BACKED, backed - units);
    link(table.previous(extent), front);
    link(front, extent);
    return front;
  }

  /** Makes an extent shorter; returns that of what is cut off, which is not in the index. */
  private int cut(int extent, int length, int units) {
    int rest = table.takeRow();
    int backed = table.backed(extent, length);
    table.put(rest, ExtentTable.BACKED, Math.max(0, backed - units));
    table.put(extent, ExtentTable.BACKED, Math.min(backed, units));
    table.put(rest, ExtentTable.START, table.start(extent) + units);
    table.put(rest, ExtentTable.LENGTH, length - units);
    table.put(extent, ExtentTable.LENGTH, units);
    linkAfter(extent, rest);
    return rest;
  }

  /** Gives an extent back and merges it with its free neighbours; returns what it is part of. */
  public int release(int extent) {
    if (table.get(extent, ExtentTable.SLOT) < 0) {
      throw new StoreCorruptException("extent " + extent + " is free already");
    }
    int length = table.length(extent);
    region.putLong(USED_UNITS, table.usedUnits() - length);
    int before = table.get(extent, ExtentTable.PREVIOUS);
    int after = table.get(extent, ExtentTable.NEXT);
    if (after != NONE && table.isFree(after)) {
      index.remove(after);
      length = absorb(extent, length, after, table.length(after));
    }
    if (before != NONE && table.isFree(before)) {
      int free = table.length(before);
      boolean stays = index.holds(before, free, free + length);
      if (!stays) {
        index.remove(before);
      }
      absorb(before, free, extent, length);
      if (!stays) {
        index.add(before);
      }
      return before;
    }
    index.add(extent);
    return extent;
  }

  /**
   * Exchanges an object's extent with the free one before it, whose begin up to the length of the
   * object has memory; returns the free one that is behind the object then.
   */
  public int swapDown(int extent) {
    int free = table.previous(extent);
    int gap = table.length(free);
    int length = table.length(extent);
    int start = table.start(free);
    int backed = table.backed(free);
    int before = table.previous(free);
    int after = table.next(extent);
    index.remove(free);
    table.put(extent, ExtentTable.START, start);
    table.put(free, ExtentTable.START, start + length);
    link(before, extent);
    link(extent, free);
    link(free, after);
    boolean whole = gap <= length || backed == gap;
    table.put(free, ExtentTable.BACKED, whole ? gap : Math.max(0, backed - length));
    if (after != NONE && table.isFree(after)) {
      index.remove(after);
      absorb(free, gap, after, table.length(after));
    }
    index.add(free);
    return free;
  }

  private void link(int before, int after) {
    if (before == NONE) {
      region.putInt(FIRST_EXTENT, after);
    } else {
      table.put(before, ExtentTable.NEXT, after);
    }
    if (after == NONE) {
      region.putInt(LAST_EXTENT, before);
    } else {
      table.put(after, ExtentTable.PREVIOUS, before);
    }
  }

  /** Makes an extent longer by the one after it; returns its length. */
  private int absorb(int extent, int length, int after, int added) {
    if (table.backed(extent, length) == length) {
      table.put(extent, ExtentTable.BACKED, length + table.get(after, ExtentTable.BACKED));
    }
    int sum = length + added;
    table.put(extent, ExtentTable.LENGTH, sum);
    int next = table.get(after, ExtentTable.NEXT);
    table.put(extent, ExtentTable.NEXT, next);
    if (next != NONE) {
      table.put(next, ExtentTable.PREVIOUS, extent);
    } else {
      region.putInt(LAST_EXTENT, extent);
    }
    table.dropRow(after);
    return sum;
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
      index.remove(last);
      if (table.backed(last) == table.length(last)) {
        table.put(last, ExtentTable.BACKED, table.length(last) + units);
      }
      table.put(last, ExtentTable.LENGTH, table.get(last, ExtentTable.LENGTH) + units);
      index.add(last);
    } else {
      append(from, units, ExtentTable.FREE, units);
    }
  }

  /** Takes rows of the table into use that are there since just now. */
  public void addRows(int fromExtent, int toExtent) {
    table.addRows(fromExtent, toExtent);
  }

  /** Free units at the end of the committed space. */
  public int freeAtEnd() {
    int last = region.getInt(LAST_EXTENT);
    return last != NONE && table.isFree(last) ? table.length(last) : 0;
  }

  private int append(int start, int units, int slot, int backed) {
    int extent = table.takeRow();
    table.put(extent, ExtentTable.BACKED, backed);
    table.put(extent, ExtentTable.START, start);
    table.put(extent, ExtentTable.LENGTH, units);
    linkAfter(region.getInt(LAST_EXTENT), extent);
    if (slot == ExtentTable.FREE) {
      index.add(extent);
    } else {
      table.put(extent, ExtentTable.SLOT, slot);
      region.putLong(USED_UNITS, table.usedUnits() + units);
    }
    return extent;
  }

  /** Forgets all extents. */
  public void clear() {
    index.clear();
    region.putInt(FIRST_EXTENT, NONE);
    region.putInt(LAST_EXTENT, NONE);
    region.putLong(USED_UNITS, 0);
    table.dropAll();
  }

  /**
   * Checks that each free extent is in the index where its length says and nothing else is in it,
   * and that each row of the table is an extent or listed as unused.
   *
   * @throws StoreCorruptException when that is not so
   */
  public void checkLists() {
    int indexed = index.check();
    int free = 0;
    int rows = 0;
    for (int extent = table.first(); extent != NONE; extent = table.next(extent)) {
      free += table.isFree(extent) ? 1 : 0;
      step(++rows);
    }
    int used = table.checkRows();
    if (free != indexed || rows != used) {
      throw new StoreCorruptException(
          free + " free extents, " + indexed + " indexed, " + rows + " extents, " + used + " rows");
    }
  }

  /** Appends an object's extent during a rebuild, and the free one before it. */
  public int restore(int start, int units, int slot) {
    int end = end();
    if (start > end) {
      append(end, start - end, ExtentTable.FREE, 0);
    }
    return append(start, units, slot, units);
  }

  /** Makes the rest of the committed space free, at the end of a rebuild. */
  public void restoreEnd() {
    int end = end();
    int committed = Math.toIntExact(table.committedUnits());
    if (committed > end) {
      append(end, committed - end, ExtentTable.FREE, 0);
    }
  }

  private int end() {
    int last = region.getInt(LAST_EXTENT);
    return last == NONE ? 0 : table.start(last) + table.length(last);
  }
}
