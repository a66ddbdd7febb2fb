package hak.box.midultra;

import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.memory.PerClass;
import hak.core.memory.RemoteFrees;
import hak.core.memory.SizeClasses;
import hak.core.memory.StackRoom;
import hak.core.slabs.PoolPages;
import hak.core.slabs.SlabQueue;
import hak.core.spi.SizeTier;
import java.util.function.IntConsumer;

/**
 * One list of free blocks and one page being carved for each heap and size class.
 *
 * <pre>
 * allocate                              release
 *   pop the list                          block of mine: push the list
 *   empty: carve the page                 another's: its slab's remote list
 *   all carved: allocateSlow
 *     drain remote frees into the list
 *     fresh page
 *
 *   cell   | word of the list : 64 | page being carved : 32 | - : 32 |
 * </pre>
 *
 * <p>The list holds blocks of all the pages that the heap has for the class, so a slab has no
 * state: a free looks at the owner of its page and at nothing else there. The price is that nobody
 * knows which pages are empty until {@link #retire} sorts the list, so they stay with the heap.
 *
 * <p>Of the slabs of a class only the one being carved has blocks that were never used; and none
 * has a local list, outside of a drain or a retire.
 *
 * @param cells where the cell of each class is in a heap
 * @param owned all slabs of a heap by class
 */
record MidUltra(
    Memory memory,
    PageTable pages,
    PoolPages pool,
    RemoteFrees remoteFrees,
    SizeClasses sizeClasses,
    int firstClass,
    int lastClass,
    PerClass cells,
    SlabQueue owned)
    implements SizeTier {
  /** Bytes of a cell. */
  static final int CELL_BYTES = 16;

  private static final int LIST = 0;
  private static final int CARVING = 8;

  @Override
  public int allocate(int heap, int sizeClass) {
    int cell = cells.at(heap, sizeClass);
    long list = memory.getLong(cell, LIST);
    int block = BlockList.first(list);
    if (block == 0) {
      return carveOrSlow(heap, sizeClass, cell);
    }
    memory.putLong(cell, LIST, BlockList.rest(memory, list));
    return block;
  }

  private int carveOrSlow(int heap, int sizeClass, int cell) {
    int block = carve(cell, sizeClass);
    return block != 0 ? block : allocateSlow(heap, sizeClass);
  }

  private int carve(int cell, int sizeClass) {
    int slab = memory.getInt(cell, CARVING);
    int blockUnits = sizeClasses.bytes(sizeClass) / Memory.UNIT_BYTES;
    return slab == 0 ? 0 : pages.carveNext(slab, 0, blockUnits);
  }

  @Override
  public void release(int heap, int sizeClass, int block) {
    int slab = pages.descriptorOf(block);
    if (pages.owner(slab) != heap) {
      remoteFrees.free(slab, block);
      return;
    }
    int cell = cells.at(heap, sizeClass);
    BlockList.push(memory, cell, LIST, memory.getLong(cell, LIST), block);
  }

  private int allocateSlow(int heap, int sizeClass) {
    StackRoom.forBox();
    int cell = cells.at(heap, sizeClass);
    drain(heap);
    int block = take(cell, sizeClass);
    if (block != 0) {
      return block;
    }
    int slab = pool.claim(heap, sizeClass);
    block = take(cell, sizeClass); // to claim drains heaps, and a source may allocate in this one
    if (slab == 0) {
      return block;
    }
    if (block != 0) {
      pool.release(slab);
      return block;
    }
    owned.addLast(heap, sizeClass, slab);
    memory.putInt(cell, CARVING, slab);
    return carve(cell, sizeClass);
  }

  private int take(int cell, int sizeClass) {
    long list = memory.getLong(cell, LIST);
    if (BlockList.isEmpty(list)) {
      return carve(cell, sizeClass);
    }
    memory.putLong(cell, LIST, BlockList.rest(memory, list));
    return BlockList.first(list);
  }

  @Override
  public boolean drain(int heap) {
    if (!remoteFrees.isPending(heap)) {
      return false;
    }
    int slab = remoteFrees.take(heap);
    while (slab != 0) {
      int next = pages.pending(slab); // before the drain: afterwards the slab may be pushed again
      remoteFrees.drain(slab);
      collect(heap, slab);
      slab = next;
    }
    return true;
  }

  /** Moves the free blocks of a slab to the list of its class. */
  private void collect(int heap, int slab) {
    int cell = cells.at(heap, pages.sizeClass(slab));
    long list = memory.getLong(cell, LIST);
    long local = pages.local(slab);
    pages.local(slab, BlockList.EMPTY);
    boolean whole = BlockList.isEmpty(list);
    memory.putLong(cell, LIST, whole ? local : BlockList.pushAll(memory, list, local));
  }

  /** Moves the blocks of a list to the slabs that they lie in. */
  private void sort(int cell) {
    long list = memory.getLong(cell, LIST);
    memory.putLong(cell, LIST, BlockList.EMPTY);
    while (!BlockList.isEmpty(list)) {
      long rest = BlockList.rest(memory, list); // before the block is linked elsewhere
      int block = BlockList.first(list);
      int slab = pages.descriptorOf(block);
      pages.pushLocal(slab, pages.local(slab), block);
      list = rest;
    }
  }

  @Override
  public void retire(int heap) {
    drain(heap);
    for (int sizeClass = firstClass; sizeClass <= lastClass; sizeClass++) {
      sort(cells.at(heap, sizeClass));
      retireEmpty(heap, sizeClass);
    }
  }

  /** Once round: a slab is in no list while it is given back, for a source may use this heap. */
  private void retireEmpty(int heap, int sizeClass) {
    for (int left = owned.length(heap, sizeClass); left > 0; left--) {
      int slab = owned.removeFirst(heap, sizeClass);
      if (slab == 0) {
        return;
      }
      if (pool.isEmpty(slab)) {
        stopCarving(cells.at(heap, sizeClass), slab);
        pool.release(slab);
      } else {
        collect(heap, slab);
        owned.addLast(heap, sizeClass, slab);
      }
    }
  }

  private void stopCarving(int cell, int slab) {
    if (memory.getInt(cell, CARVING) == slab) {
      memory.putInt(cell, CARVING, 0);
    }
  }

  @Override
  public void forEachActive(int heap, int sizeClass, IntConsumer visitor) {
    if (sizeClass >= firstClass && sizeClass <= lastClass) {
      BlockList.forEach(memory, memory.getLong(cells.at(heap, sizeClass), LIST), visitor);
    }
  }

  @Override
  public int activeCount(int heap, int sizeClass) {
    return BlockList.wideCount(memory.getLong(cells.at(heap, sizeClass), LIST));
  }
}
