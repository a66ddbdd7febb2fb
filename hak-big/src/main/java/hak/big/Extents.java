package hak.big;

import java.util.Arrays;

/**
 * The pieces that ranges are cut into, out of band: an extent is a row of arrays, named by its
 * number. Not synchronised; {@link BigTier} holds its lock around every call.
 *
 * <pre>
 *   number | address | bytes | state | huge | before, after          0 = no extent
 *     LIVE    a block in user hands
 *     DIRTY   free, its memory still there
 *     CLEAN   free, no memory behind it: it reads as zero
 *     BUSY    free, and somebody is giving its memory back, without the lock
 * </pre>
 *
 * <p>Invariants: the extents of a range follow each other by {@code after} without a gap, from its
 * first address to its last, and are all huge or none. No two neighbours are both DIRTY or both
 * CLEAN.
 *
 * <p><b>Room is reserved beforehand.</b> Only {@link #reserve} needs the Java heap. What else has a
 * row for each extent grows before this does, so a number that is handed out has its row
 * everywhere.
 */
final class Extents {
  /** The number of no extent. */
  static final int NONE = 0;

  /** A number that is not in use. */
  static final byte UNUSED = 0;

  /** A block in user hands. */
  static final byte LIVE = 1;

  /** Free, with memory behind it. */
  static final byte DIRTY = 2;

  /** Free, without memory behind it. */
  static final byte CLEAN = 3;

  /** Free, its memory on its way back to the system. */
  static final byte BUSY = 4;

  private static final int MIN_CAPACITY = 64;

  private long[] address = new long[MIN_CAPACITY];
  private long[] bytes = new long[MIN_CAPACITY];
  private byte[] state = new byte[MIN_CAPACITY];

  /** Whether the range has huge pages. */
  private boolean[] huge = new boolean[MIN_CAPACITY];

  private int[] before = new int[MIN_CAPACITY];

  /** Of a number that is not in use: the next such number. */
  private int[] after = new int[MIN_CAPACITY];

  private int firstUnused;
  private int unusedCount;
  private int end = NONE + 1;

  /** How many numbers there are rows for, in all arrays of all structures. */
  private int capacity = MIN_CAPACITY;

  /** Has a row for each extent. */
  interface Rows {
    /**
     * Makes room for {@code capacity} rows, if there is less.
     *
     * @throws OutOfMemoryError if the Java heap has none; calling again goes on
     */
    void grow(int capacity);
  }

  /**
   * Makes sure that {@code count} extents can be made.
   *
   * @param others what else has a row for each
   * @throws OutOfMemoryError if the Java heap has no room; nothing changed then
   */
  void reserve(int count, Rows... others) {
    if (spare() >= count) {
      return;
    }
    int wanted = Math.multiplyExact(capacity, 2);
    for (Rows rows : others) {
      rows.grow(wanted);
    }
    address = atLeast(address, wanted);
    bytes = atLeast(bytes, wanted);
    state = state.length < wanted ? Arrays.copyOf(state, wanted) : state;
    huge = huge.length < wanted ? Arrays.copyOf(huge, wanted) : huge;
    before = atLeast(before, wanted);
    after = atLeast(after, wanted);
    capacity = wanted;
    assert spare() >= count : "reserved for more extents than a doubling makes room for";
  }

  /** The same array, or a longer copy. */
  static int[] atLeast(int[] array, int length) {
    return array.length < length ? Arrays.copyOf(array, length) : array;
  }

  /** The same array, or a longer copy. */
  static long[] atLeast(long[] array, int length) {
    return array.length < length ? Arrays.copyOf(array, length) : array;
  }

  /** How many extents can be made without the Java heap. */
  int spare() {
    return unusedCount + capacity - end;
  }

  /** Makes an extent without neighbours; there is room. */
  int add(long start, long length, byte initial, boolean isHuge) {
    int extent = takeNumber();
    address[extent] = start;
    bytes[extent] = length;
    state[extent] = initial;
    huge[extent] = isHuge;
    before[extent] = NONE;
    after[extent] = NONE;
    return extent;
  }

  private int takeNumber() {
    assert spare() > 0 : "no number was reserved";
    if (firstUnused == NONE) {
      return end++;
    }
    int extent = firstUnused;
    firstUnused = after[extent];
    unusedCount--;
    return extent;
  }

  /** Takes out an extent that has no neighbours any more. */
  void remove(int extent) {
    state[extent] = UNUSED;
    address[extent] = 0;
    after[extent] = firstUnused;
    firstUnused = extent;
    unusedCount++;
  }

  /**
   * Cuts an extent in two; there is room for one more.
   *
   * @return what lies behind the first {@code firstBytes}, in the same state
   */
  int split(int extent, long firstBytes) {
    assert firstBytes > 0 && firstBytes < bytes[extent] : "a split leaves two parts";
    int rest =
        add(address[extent] + firstBytes, bytes[extent] - firstBytes, state[extent], huge[extent]);
    bytes[extent] = firstBytes;
    before[rest] = extent;
    after[rest] = after[extent];
    if (after[rest] != NONE) {
      before[after[rest]] = rest;
    }
    after[extent] = rest;
    return rest;
  }

  /** Adds the extent behind to this one, whatever state it had. */
  void absorbNext(int extent) {
    int next = after[extent];
    bytes[extent] += bytes[next];
    after[extent] = after[next];
    if (after[next] != NONE) {
      before[after[next]] = extent;
    }
    remove(next);
  }

  /** The first address. */
  long address(int extent) {
    return address[extent];
  }

  /** The length. */
  long bytes(int extent) {
    return bytes[extent];
  }

  /** The first address behind it. */
  long end(int extent) {
    return address[extent] + bytes[extent];
  }

  /** LIVE, DIRTY, CLEAN, BUSY or UNUSED. */
  byte state(int extent) {
    return state[extent];
  }

  /** Sets the state. */
  void state(int extent, byte changed) {
    state[extent] = changed;
  }

  /** Whether the system was asked for huge pages here. */
  boolean isHuge(int extent) {
    return huge[extent];
  }

  /** Whether a block may be put here. */
  boolean isFree(int extent) {
    return state[extent] == DIRTY || state[extent] == CLEAN;
  }

  /** Bytes that are free from the begin of an extent on, without a gap. */
  long freeBytesFrom(int extent) {
    long room = 0;
    for (int next = extent; next != NONE && isFree(next); next = after[next]) {
      room += bytes[next];
    }
    return room;
  }

  /** The neighbour in front, {@link #NONE} at the begin of a range. */
  int before(int extent) {
    return before[extent];
  }

  /** The neighbour behind, {@link #NONE} at the end of a range. */
  int after(int extent) {
    return after[extent];
  }

  /** One more than the largest number that was ever in use. */
  int numberEnd() {
    return end;
  }
}
