package hak.box.hotslab;

import hak.core.memory.BlockList;
import hak.core.memory.ClassRange;
import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.memory.PerClass;
import hak.core.spi.ThreadCache;
import java.util.function.IntConsumer;

/**
 * One list for each heap and size class, all blocks of which lie in one page: the hot one.
 *
 * <pre>
 *   cell   a {@link BlockList}; the hot page is the one that its first block lies in
 * </pre>
 *
 * <p>A block of another page is let pass, unless the list is empty: then that page becomes the hot
 * one. So what is handed out again are neighbours, however long the wave of frees was, and the page
 * bounds the list.
 *
 * @param classes those whose blocks are small enough that a page has many
 */
record HotSlab(Memory memory, PerClass cells, ClassRange classes) implements ThreadCache {
  /** Bytes of a cell. */
  static final int CELL_BYTES = 8;

  private static final int PAGE_UNITS_SHIFT = PageTable.PAGE_SHIFT - Memory.UNIT_SHIFT;

  @Override
  public int pop(int heap, int sizeClass) {
    int cell = cells.at(heap, sizeClass);
    int block = BlockList.first(memory.getLong(cell, 0));
    if (block != 0) {
      memory.putLong(cell, 0, memory.getLong(block, 0));
    }
    return block;
  }

  @Override
  public boolean push(int heap, int sizeClass, int block) {
    if (!classes.has(sizeClass)) {
      return false;
    }
    int cell = cells.at(heap, sizeClass);
    long list = memory.getLong(cell, 0);
    if (!BlockList.isEmpty(list) && !areInOnePage(BlockList.first(list), block)) {
      return false;
    }
    BlockList.push(memory, cell, 0, list, block);
    return true;
  }

  private static boolean areInOnePage(int block, int other) {
    return (block ^ other) >>> PAGE_UNITS_SHIFT == 0;
  }

  @Override
  public void forEach(int heap, int sizeClass, IntConsumer visitor) {
    BlockList.forEach(memory, memory.getLong(cells.at(heap, sizeClass), 0), visitor);
  }

  @Override
  public int blockCount(int heap, int sizeClass) {
    return BlockList.count(memory.getLong(cells.at(heap, sizeClass), 0));
  }
}
