package hak.store.file;

import java.util.ArrayList;
import java.util.List;

/**
 * How many rows of the tables by slot are in use: slots, names, pins, extents and their branches.
 * The tables are as long as the limit of objects wants them, but the file is sparse, and no row
 * beyond these is read or written, for both put memory behind it. The number only grows.
 *
 * <p>It is written with its complement, in one word; where the two do not fit, which is damage, all
 * rows count.
 */
public final class TableRows {
  /** Rows of a new store, and the least that are added. */
  private static final int LEAST = 1024;

  /** Rows that are added at most: 5 MB with 64 processes. */
  private static final int MOST = 8192;

  private final Region region;
  private final StoreHeader header;

  /** The rows of a mapped file. */
  public TableRows(Region region, StoreHeader header) {
    this.region = region;
    this.header = header;
  }

  /** A part of the file. */
  public record Range(long offset, long bytes) {}

  /** Slots that have rows. */
  public int slots() {
    long word = region.getLongVolatile(StoreHeader.ROWS);
    int rows = (int) word;
    boolean sound = Complemented.isSound(word) && rows >= 0 && rows <= header.objectLimit();
    return sound ? rows : header.objectLimit();
  }

  /** Whether the number can be believed. */
  public boolean isSound() {
    return region.getLongVolatile(StoreHeader.ROWS) == Complemented.word(slots());
  }

  /** From now on so many have; under the lock, in the midst of a change. */
  public void slots(int rows) {
    region.putLongVolatile(StoreHeader.ROWS, Complemented.word(rows));
  }

  /** The fewest rows that the tables can have had with a row for that slot. */
  public int covering(int slot) {
    int rows = atFirst(header);
    while (rows <= slot && rows < header.objectLimit()) {
      rows = next(rows);
    }
    return rows;
  }

  /** Rows of the table of extents. */
  public int extents() {
    return extents(slots());
  }

  /** Each object's extent, one free extent beside each, one before all. */
  public static int extents(int slots) {
    return 2 * slots + 2;
  }

  /** The slots of a new store that have rows. */
  static int atFirst(StoreHeader header) {
    return Math.min(LEAST, header.objectLimit());
  }

  /** How many slots have rows after the next growth from so many: twice as many in small tables. */
  public int next(int slots) {
    int more = Math.min(Math.max(slots, LEAST), MOST);
    return Math.min(header.objectLimit(), slots + more);
  }

  /** Where the rows of those slots are, the first extents with slot 0. */
  public static List<Range> ranges(StoreHeader header, int from, int to) {
    List<Range> ranges = new ArrayList<>();
    int fromExtent = from == 0 ? 0 : extents(from);
    int extents = extents(to) - fromExtent;
    add(ranges, header.slotsOffset(), from, to - from, StoreHeader.SLOT_BYTES);
    add(ranges, header.namesOffset(), from, to - from, StoreHeader.NAME_ROW_BYTES);
    add(ranges, header.extentsOffset(), fromExtent, extents, StoreHeader.EXTENT_BYTES);
    add(ranges, header.branchesOffset(), fromExtent, extents, StoreHeader.BRANCH_BYTES);
    for (int process = 0; process < header.processLimit(); process++) {
      long pins = header.pinsOffset() + process * header.pinsStride();
      add(ranges, pins, from, to - from, Integer.BYTES);
    }
    return ranges;
  }

  private static void add(List<Range> ranges, long table, int from, int rows, int rowBytes) {
    ranges.add(new Range(table + (long) from * rowBytes, (long) rows * rowBytes));
  }
}
