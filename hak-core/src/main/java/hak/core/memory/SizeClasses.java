package hak.core.memory;

import java.util.stream.IntStream;

/**
 * The size classes of one stack and the table that maps a size to its class.
 *
 * <p>Classes are numbered from 1 in ascending order of block size; 0 means "no class". The table
 * has an entry for every 8 bytes up to the largest class, so a look-up is one shift and one load,
 * the same for any geometry, and there is no size that two tiers serve or none does.
 *
 * @param table class of size {@code 8 * i}
 * @param blockBytes block size of each class; entry 0 is 0
 * @param headBytes what lies in front of each block of a class and is its tier's own; mostly 0
 */
@SuppressWarnings(
    "ArrayRecordComponent") // the arrays are constants of the specialised stack; never handed out
public record SizeClasses(byte[] table, int[] blockBytes, int[] headBytes) {
  /** Most classes a stack can have: a class is one byte and the sign is not used. */
  public static final int MAX_CLASSES = 126;

  /** Largest block that may have a class: 256 KiB. */
  public static final int MAX_BLOCK_BYTES = 1 << 18;

  /**
   * A power of two beyond the largest index: with a mask for a constant length no bounds check is
   * left.
   */
  private static final int TABLE_LENGTH = 2 * MAX_BLOCK_BYTES / 8;

  /** Below, a block that is as long as its alignment leaves a page of the system at most. */
  private static final int LEAST_SPARSE_ALIGNMENT = 4 * PageRuns.SYSTEM_PAGE_BYTES;

  /**
   * Block sizes from 16 B up to {@code largest}: steps of 16 B up to 128 B, then four steps for
   * each doubling. At most 20 % of a block is unused from 65 B up, on average half of that. The
   * geometry of jemalloc and mimalloc.
   */
  public static IntStream fine(int largest) {
    IntStream.Builder sizes = IntStream.builder();
    int step = 16;
    for (int size = 16; size <= largest; size += step) {
      sizes.add(size);
      if (size >= 128 && Integer.bitCount(size) == 1) {
        step = size / 4;
      }
    }
    return sizes.build();
  }

  /**
   * Builds the table.
   *
   * @param ascendingBlockBytes block sizes in ascending order, multiples of 8
   * @throws IllegalArgumentException if they are not, or there are too many
   */
  public static SizeClasses of(int... ascendingBlockBytes) {
    int classes = ascendingBlockBytes.length;
    if (classes == 0 || classes > MAX_CLASSES) {
      throw new IllegalArgumentException(
          "a stack needs 1.." + MAX_CLASSES + " size classes, not " + classes);
    }
    int[] blockBytes = new int[classes + 1];
    System.arraycopy(ascendingBlockBytes, 0, blockBytes, 1, classes);
    for (int i = 1; i <= classes; i++) {
      if (blockBytes[i] % 8 != 0
          || blockBytes[i] <= blockBytes[i - 1]
          || blockBytes[i] > MAX_BLOCK_BYTES) {
        throw new IllegalArgumentException(
            "size class "
                + i
                + " of "
                + blockBytes[i]
                + " B: sizes ascend in multiples of 8 up to "
                + MAX_BLOCK_BYTES);
      }
    }
    byte[] table = new byte[TABLE_LENGTH];
    int sizeClass = 1;
    for (int i = 0; i <= blockBytes[classes] / 8; i++) {
      while (blockBytes[sizeClass] < i * 8) {
        sizeClass++;
      }
      table[i] = (byte) sizeClass;
    }
    return new SizeClasses(table, blockBytes, new int[classes + 1]);
  }

  /**
   * The same classes with so much in front of each block.
   *
   * @param headOfClass for each class, in their order, a multiple of 16
   */
  public SizeClasses withHeads(int... headOfClass) {
    int[] heads = new int[blockBytes.length];
    System.arraycopy(headOfClass, 0, heads, 1, headOfClass.length);
    return new SizeClasses(table, blockBytes, heads);
  }

  /** The class that serves {@code size} bytes, which lies in [0, {@link #largestBytes}]. */
  public int of(long size) {
    return table[(int) ((size + 7) >>> 3) & (TABLE_LENGTH - 1)];
  }

  /**
   * The smallest class of at least {@code size} bytes whose blocks are multiples of {@code
   * alignment}; 0 = none.
   */
  public int aligned(long size, long alignment) {
    if (size > largestBytes()) {
      return 0;
    }
    for (int sizeClass = of(size); sizeClass < blockBytes.length; sizeClass++) {
      if (isAligned(sizeClass, alignment)) {
        return sizeClass;
      }
    }
    return 0;
  }

  /**
   * The largest size up to which every multiple of {@code alignment} has a class whose blocks are
   * multiples of it too; 0 = not even the first.
   *
   * @param alignment a power of two, at most a page
   */
  public long multiplesAlignedUpTo(long alignment) {
    long size = 0;
    while (size + alignment <= largestBytes() && isAligned(of(size + alignment), alignment)) {
      size += alignment;
    }
    return size;
  }

  /**
   * Whether every block of {@code sizeClass} lies at a multiple of {@code alignment}, which is to
   * be a power of two; false for any other number. Slabs begin at the start of a page.
   *
   * <p>In the geometries of four steps and of one step for each doubling that is so for the class
   * of a size that is a multiple of {@code alignment}.
   */
  public boolean isAligned(int sizeClass, long alignment) {
    return Long.bitCount(alignment) == 1
        && Long.compareUnsigned(alignment, PageTable.PAGE_BYTES) <= 0
        && ((blockBytes[sizeClass] | headBytes[sizeClass]) & (alignment - 1)) == 0;
  }

  /**
   * Whether a block of {@code size} bytes at a multiple of {@code alignment} would leave half of
   * its place or more to nobody, two pages of the system at least. The place ends at the next
   * multiple, or with the page.
   */
  public static boolean isSparse(long size, long alignment) {
    return alignment >= LEAST_SPARSE_ALIGNMENT
        && size <= Math.min(alignment, PageTable.PAGE_BYTES) / 2;
  }

  /** Bytes of a block of {@code sizeClass}. */
  public int bytes(int sizeClass) {
    return blockBytes[sizeClass];
  }

  /** Bytes from a block of {@code sizeClass} to the next one in its slab. */
  public int strideBytes(int sizeClass) {
    return headBytes[sizeClass] + blockBytes[sizeClass];
  }

  /** Bytes from the start of a slab of {@code sizeClass} to its first block. */
  public int headBytes(int sizeClass) {
    return headBytes[sizeClass];
  }

  /** The number of the last class; classes are numbered 1 to this. */
  public int last() {
    return blockBytes.length - 1;
  }

  /** The largest size that has a class, in bytes. */
  public int largestBytes() {
    return blockBytes[blockBytes.length - 1];
  }
}
