package hak.store.space;

import static hak.store.file.StoreHeader.FIRST_EXTENT;
import static hak.store.file.StoreHeader.USED_UNITS;

import hak.store.StoreCorruptException;
import hak.store.file.FreeRows;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.file.TableRows;
import hak.store.file.Units;
import java.nio.ByteOrder;

/**
 * The table of extents: one row for each stretch of the data space. It lies outside of the data, so
 * no object can damage it.
 *
 * <pre>
 *    0  start      first unit                                       int
 *    4  length     units, 1 or more                                 int
 *    8  previous   the extent before it in the data space, -1       int
 *   12  next       the one after it, -1                             int
 *   16  ringPrev   of a free extent, see SizeIndex, -1              int
 *   20  ringNext   the same                                         int
 *   24  slot       the object's slot, -1 = free, -2 = unused row    int
 *   28  backed     units from its begin that surely have memory        int
 * </pre>
 *
 * <p>What an object has is backed as a whole. Of free space it is known for the begin alone: what
 * lies behind may have lost its memory to the system, or a rebuild may have forgotten it, and is
 * reserved anew before an object gets it.
 *
 * <p>Rows are read from shared memory, so their numbers are checked before use; a wrong one throws
 * StoreCorruptException and leaves the bookkeeping torn, to be built anew.
 */
public final class ExtentTable {
  static final int NONE = -1;

  static final int START = 0;
  static final int LENGTH = 4;
  static final int PREVIOUS = 8;
  static final int NEXT = 12;
  static final int RING_PREVIOUS = 16;
  static final int RING_NEXT = 20;
  static final int SLOT = 24;
  static final int BACKED = 28;

  private static final int START_SHIFT = shift(START);
  private static final int LENGTH_SHIFT = shift(LENGTH);

  static final int FREE = -1;
  static final int UNUSED = -2;

  private final Region region;
  private final long base;
  private final Units units;
  private final int count;
  private final TableRows rows;
  private final FreeRows spare;

  ExtentTable(Region region, StoreHeader header) {
    this.region = region;
    base = header.extentsOffset();
    units = header.units();
    count = header.extentCount();
    rows = new TableRows(region, header);
    spare = new FreeRows(region, header.spareExtentsOffset(), count);
  }

  /** Where a field of the first eight bytes is in the number that they are. */
  private static int shift(int field) {
    boolean lowFirst = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    return Byte.SIZE * (lowFirst ? field : Integer.BYTES - field);
  }

  int count() {
    return count;
  }

  int get(int extent, int field) {
    return region.getInt(at(extent) + field);
  }

  void put(int extent, int field, int value) {
    region.putInt(at(extent) + field, value);
  }

  private long at(int extent) {
    if (extent < 0 || extent >= count) {
      throw new StoreCorruptException("extent " + extent + " of " + count);
    }
    return base + (long) extent * StoreHeader.EXTENT_BYTES;
  }

  public int start(int extent) {
    return get(extent, START);
  }

  /** Length in units; checked to lie within the data space. */
  public int length(int extent) {
    long place = region.getLong(at(extent)); // start and length are one load
    int start = (int) (place >>> START_SHIFT);
    int length = (int) (place >>> LENGTH_SHIFT);
    if (start < 0 || length <= 0 || (long) start + length > committedUnits()) {
      throw new StoreCorruptException("extent " + extent + " is at " + start + "+" + length);
    }
    return length;
  }

  /** Length in units; checked to be one at all, for who only compares it. */
  int someLength(int extent) {
    int length = get(extent, LENGTH);
    if (length <= 0) {
      throw new StoreCorruptException("extent " + extent + " has a length of " + length);
    }
    return length;
  }

  /** Length in units as it is written, which may be damaged; so may the start. */
  public int lengthRaw(int extent) {
    return get(extent, LENGTH);
  }

  public int previous(int extent) {
    return get(extent, PREVIOUS);
  }

  public int next(int extent) {
    return get(extent, NEXT);
  }

  /** Units from the begin of an extent that surely have memory. */
  public int backed(int extent) {
    return backed(extent, length(extent));
  }

  /** The same of an extent of that length. */
  int backed(int extent, int length) {
    int backed = get(extent, BACKED);
    if (backed < 0) {
      throw new StoreCorruptException("extent " + extent + " has " + backed + " units of memory");
    }
    return Math.min(backed, length);
  }

  public boolean isFree(int extent) {
    return get(extent, SLOT) == FREE;
  }

  public int slot(int extent) {
    return get(extent, SLOT);
  }

  public int first() {
    return region.getInt(FIRST_EXTENT);
  }

  /** Takes an unused row. */
  int takeRow() {
    int extent = spare.takeFirst();
    if (get(extent, SLOT) != UNUSED) {
      throw new StoreCorruptException("extent " + extent + " is listed as unused");
    }
    return extent;
  }

  /** Makes a row unused. */
  void dropRow(int extent) {
    put(extent, SLOT, UNUSED);
    spare.give(extent);
  }

  /** Makes rows unused that were in no use before. */
  void addRows(int from, int to) {
    for (int extent = from; extent < to; extent++) {
      dropRow(extent);
    }
  }

  /** Makes all rows unused. */
  void dropAll() {
    spare.takeAll();
    addRows(0, rows.extents());
  }

  /**
   * Checks that the rows listed as unused are those that are.
   *
   * @return how many are used
   * @throws StoreCorruptException when that is not so
   */
  int checkRows() {
    int all = rows.extents();
    return all - spare.check(row -> row < all && get(row, SLOT) == UNUSED);
  }

  public long committedUnits() {
    return units.at(region.getLong(StoreHeader.COMMITTED));
  }

  public long usedUnits() {
    return region.getLong(USED_UNITS);
  }
}
