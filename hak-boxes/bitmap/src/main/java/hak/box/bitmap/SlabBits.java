package hak.box.bitmap;

import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.SizeClasses;
import hak.core.slabs.SlabPages;
import hak.core.spi.BoxContext;
import java.util.function.IntConsumer;

/**
 * The bitmap of a slab, at the end of its page, growing downwards.
 *
 * <pre>
 *   page    | block 0 | block 1 | ... | block capacity - 1 | unused | ... | word 1 | word 0 |
 *   word w, bit b = block 64 w + b is free, or there is no such block
 * </pre>
 *
 * <p>Blocks are carved by whole words, so a word below {@code carved} is {@link #ALL} exactly when
 * none of its blocks is out, the last one too, which has bits for blocks that do not exist. Carving
 * touches no block.
 *
 * @param reciprocals for each size class {@code 2^19} by its block size in units, rounded up
 */
@SuppressWarnings("ArrayRecordComponent") // never handed out, never compared
record SlabBits(
    Memory memory, PageTable pages, PageRuns pageRuns, SizeClasses sizeClasses, int[] reciprocals)
    implements SlabPages {
  /** A word of which no block is out. */
  static final long ALL = -1;

  /** Blocks of a word. */
  static final int BITS = Long.SIZE;

  private static final int BITS_SHIFT = 6;
  private static final int LAST_UNIT = PageTable.PAGE_BYTES / Memory.UNIT_BYTES - 1;

  /**
   * {@code i * units * reciprocal} is {@code i * 2^19} and less than {@code i * units < 2^13} more,
   * so the shift gives {@code i}; and it is less than {@code 2^32}, so an int will do.
   */
  private static final int RECIPROCAL_SHIFT = 19;

  static SlabBits of(BoxContext context) {
    SizeClasses classes = context.sizeClasses();
    int[] reciprocals = new int[classes.last() + 1];
    for (int sizeClass = 1; sizeClass < reciprocals.length; sizeClass++) {
      int units = classes.bytes(sizeClass) / Memory.UNIT_BYTES;
      reciprocals[sizeClass] = ((1 << RECIPROCAL_SHIFT) + units - 1) / units;
    }
    return new SlabBits(
        context.memory(), context.pages(), context.pageRuns(), classes, reciprocals);
  }

  /** The number of a block in its slab. */
  private int indexOf(int sizeClass, int block) {
    return ((block & LAST_UNIT) * reciprocals[sizeClass]) >>> RECIPROCAL_SHIFT;
  }

  /** The ref of the word that has the bit of block {@code index} of the same page. */
  private static int wordOf(int block, int index) {
    return (block | LAST_UNIT) - (index >>> BITS_SHIFT);
  }

  /** The word that has the bit of a block, with the bit set. */
  long with(int sizeClass, int block) {
    int index = indexOf(sizeClass, block);
    return memory.getLong(wordOf(block, index), 0) | (1L << index);
  }

  /** Sets the word that has the bit of a block. */
  void put(int sizeClass, int block, long free) {
    memory.putLong(wordOf(block, indexOf(sizeClass, block)), 0, free);
  }

  private int word(int slab, int number) {
    return wordOf(pages.pageOf(slab), number << BITS_SHIFT);
  }

  private int carvedWords(int slab) {
    return (pages.carved(slab) + BITS - 1) >>> BITS_SHIFT;
  }

  /** The bits of blocks that exist. */
  private long existing(int slab, int number) {
    int blocks = pages.capacity(slab) - (number << BITS_SHIFT);
    return blocks >= BITS ? ALL : (1L << blocks) - 1;
  }

  private long free(int slab, int number) {
    return memory.getLong(word(slab, number), 0) & existing(slab, number);
  }

  /** The number of a word with free blocks, those that were in use first; -1 when all are out. */
  int findFree(int slab) {
    int words = carvedWords(slab);
    for (int number = 0; number < words; number++) {
      if (free(slab, number) != 0) {
        return number;
      }
    }
    return pages.carved(slab) < pages.capacity(slab) ? carve(slab, words) : -1;
  }

  private int carve(int slab, int number) {
    memory.putLong(word(slab, number), 0, ALL);
    pages.carved(slab, Math.min(pages.capacity(slab), (number + 1) << BITS_SHIFT));
    return number;
  }

  /** Takes the free blocks of a word out, as bits. */
  long take(int slab, int number) {
    long free = free(slab, number);
    int word = word(slab, number);
    memory.putLong(word, 0, memory.getLong(word, 0) & ~free);
    return free;
  }

  /** Puts free blocks, as bits, back into the word of block {@code first}. */
  void putBack(int sizeClass, int first, long free) {
    int word = wordOf(first, indexOf(sizeClass, first));
    memory.putLong(word, 0, memory.getLong(word, 0) | free);
  }

  /** How many blocks are free and carved. */
  int count(int slab) {
    int count = 0;
    for (int number = carvedWords(slab) - 1; number >= 0; number--) {
      count += Long.bitCount(free(slab, number));
    }
    return count;
  }

  /** Visits the blocks that are free and carved. */
  void forEach(int slab, IntConsumer visitor) {
    int blockUnits = sizeClasses.bytes(pages.sizeClass(slab)) / Memory.UNIT_BYTES;
    for (int number = carvedWords(slab) - 1; number >= 0; number--) {
      int first = pages.pageOf(slab) + (number << BITS_SHIFT) * blockUnits;
      forEach(free(slab, number), first, blockUnits, visitor);
    }
  }

  /** Visits the blocks of a word, the first of which is {@code first}. */
  static void forEach(long free, int first, int blockUnits, IntConsumer visitor) {
    for (long left = free; left != 0; left &= left - 1) {
      visitor.accept(first + Long.numberOfTrailingZeros(left) * blockUnits);
    }
  }

  @Override
  public boolean isEmpty(int slab) {
    for (int number = carvedWords(slab) - 1; number >= 0; number--) {
      if (memory.getLong(word(slab, number), 0) != ALL) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void drained(int slab) {
    int sizeClass = pages.sizeClass(slab);
    long list = pages.local(slab);
    pages.local(slab, BlockList.EMPTY);
    while (!BlockList.isEmpty(list)) {
      int block = BlockList.first(list);
      put(sizeClass, block, with(sizeClass, block));
      list = BlockList.rest(memory, list);
    }
  }

  @Override
  public int claim(int heap, int sizeClass) {
    int page = pageRuns.claimSlab(heap, sizeClass);
    if (page == 0) {
      return 0;
    }
    int blockBytes = sizeClasses.bytes(sizeClass);
    int words = (PageTable.PAGE_BYTES / blockBytes + BITS - 1) / BITS;
    int capacity = (PageTable.PAGE_BYTES - words * Long.BYTES) / blockBytes;
    return pages.describe(page, 1, PageTable.SLAB, sizeClass, heap, capacity);
  }

  @Override
  public void release(int slab) {
    pageRuns.release(slab);
  }
}
