package hak.box.midv35;

import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.memory.PerHeap;
import hak.core.slabs.PoolPages;
import hak.core.slabs.SlabPages;

/**
 * In each heap a stack of empty slabs; one becomes the next slab of whichever class needs one, so
 * that a page that empties and a class that grows meet without the pool.
 *
 * <pre>
 *   cell   | first : 32 | count : 32 |     ref of a descriptor, linked by next; 0 = none
 * </pre>
 *
 * <p>A kept slab is described as one of the class that it served, with no block carved.
 *
 * @param cells where the stack of a heap is
 * @param most how many are kept
 */
record KeptPages(Memory memory, PoolPages pool, PerHeap cells, int most) implements SlabPages {
  /** Bytes of a cell. */
  static final int CELL_BYTES = 8;

  private static final int FIRST = 0;
  private static final int COUNT = 4;

  @Override
  public PageTable pages() {
    return pool.pages();
  }

  @Override
  public int claim(int heap, int sizeClass) {
    int kept = pop(heap);
    return kept == 0
        ? pool.claim(heap, sizeClass)
        : pool.describe(pages().pageOf(kept), heap, sizeClass);
  }

  private int pop(int heap) {
    int cell = cells.at(heap);
    int slab = memory.getInt(cell, FIRST);
    if (slab != 0) {
      memory.putInt(cell, FIRST, pages().next(slab));
      memory.putInt(cell, COUNT, memory.getInt(cell, COUNT) - 1);
    }
    return slab;
  }

  @Override
  public void release(int slab) {
    int heap = pages().owner(slab);
    int cell = cells.at(heap);
    int count = memory.getInt(cell, COUNT);
    if (count == most) {
      pool.release(slab);
      return;
    }
    pool.describe(pages().pageOf(slab), heap, pages().sizeClass(slab));
    pages().next(slab, memory.getInt(cell, FIRST));
    memory.putInt(cell, FIRST, slab);
    memory.putInt(cell, COUNT, count + 1);
  }

  @Override
  public void retire(int heap, int sizeClass) {
    for (int slab = pop(heap); slab != 0; slab = pop(heap)) {
      pool.release(slab);
    }
  }
}
