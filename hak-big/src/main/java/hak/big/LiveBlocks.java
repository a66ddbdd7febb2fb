package hak.big;

import java.util.Arrays;

/**
 * The extents that are blocks in user hands, by address: open addressing with linear probing; and
 * what is known of each. At most half of the places are taken.
 */
final class LiveBlocks implements Extents.Rows {
  private static final int NONE = Extents.NONE;

  private final Extents extents;

  /** Twice as many as there are numbers of extents: a power of two. */
  private int[] places = new int[0];

  private long[] usedBytes = new long[0];
  private byte[] alignmentShift = new byte[0];
  private boolean[] zero = new boolean[0];
  private long count;
  private long totalUsedBytes;
  private long totalBytes;

  /** None. */
  LiveBlocks(Extents extents, int capacity) {
    this.extents = extents;
    grow(capacity);
  }

  @Override
  public void grow(int capacity) {
    usedBytes = Extents.atLeast(usedBytes, capacity);
    if (alignmentShift.length < capacity) {
      alignmentShift = Arrays.copyOf(alignmentShift, capacity);
    }
    if (zero.length < capacity) {
      zero = Arrays.copyOf(zero, capacity);
    }
    if (places.length < 2 * capacity) {
      int[] more = new int[Math.multiplyExact(capacity, 2)];
      for (int extent : places) {
        if (extent != NONE) {
          more[find(more, extents.address(extent))] = extent;
        }
      }
      places = more;
    }
  }

  /** Where the block at {@code address} is, or the empty place where it would be. */
  private int find(int[] table, long address) {
    int mask = table.length - 1;
    int place = home(address, mask);
    while (table[place] != NONE && extents.address(table[place]) != address) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private static int home(long address, int mask) {
    // Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4): extents differ in the
    // middle bits.
    return (int) ((address * 0x9E3779B97F4A7C15L) >>> 32) & mask;
  }

  /** Takes in a block. */
  void put(int extent, long used, long alignment, boolean isZero) {
    int place = find(places, extents.address(extent));
    assert places[place] == NONE : "two blocks at one address";
    places[place] = extent;
    usedBytes[extent] = used;
    alignmentShift[extent] = (byte) Long.numberOfTrailingZeros(alignment);
    zero[extent] = isZero;
    count++;
    totalUsedBytes += used;
    totalBytes += extents.bytes(extent);
  }

  /** The block at {@code address}, NONE when there is none. */
  int at(long address) {
    return address == 0 ? NONE : places[find(places, address)];
  }

  /** Takes out a block; what stands behind it in the probe sequence moves up. */
  void remove(int extent) {
    count--;
    totalUsedBytes -= usedBytes[extent];
    totalBytes -= extents.bytes(extent);
    int mask = places.length - 1;
    int hole = find(places, extents.address(extent));
    for (int i = (hole + 1) & mask; places[i] != NONE; i = (i + 1) & mask) {
      int fromHome = (i - home(extents.address(places[i]), mask)) & mask;
      if (fromHome >= ((i - hole) & mask)) {
        places[hole] = places[i];
        hole = i;
      }
    }
    places[hole] = NONE;
  }

  /**
   * Notes that a block, {@code before} bytes long until now, was resized for {@code used} bytes.
   */
  void resized(int extent, long before, long used) {
    totalBytes += extents.bytes(extent) - before;
    totalUsedBytes += used - usedBytes[extent];
    usedBytes[extent] = used;
    zero[extent] = false;
  }

  /** Whether a block was zero when it was allocated. */
  boolean isZero(int extent) {
    return zero[extent];
  }

  /** The alignment that a block was allocated with. */
  long alignment(int extent) {
    return 1L << alignmentShift[extent];
  }

  /** How many blocks there are. */
  long count() {
    return count;
  }

  /** Bytes asked for by the blocks. */
  long usedBytes() {
    return totalUsedBytes;
  }

  /** Bytes of the extents of the blocks. */
  long bytes() {
    return totalBytes;
  }
}
