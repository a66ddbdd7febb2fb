package hak.box.bitmap;

import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.memory.PerClass;
import hak.core.memory.RemoteFrees;
import hak.core.memory.SizeClasses;
import hak.core.memory.StackRoom;
import hak.core.slabs.HeapSlabs;
import hak.core.spi.SizeTier;
import java.util.function.IntConsumer;

/**
 * Small blocks from slabs that know their free blocks by a bitmap.
 *
 * <pre>
 * allocate                              release
 *   lowest bit of the active word         my slab: set the block's bit
 *   none: allocateSlow                      word complete, or slab was full: releaseSlow
 *     drain remote frees                  another's slab: its remote list
 *     next word of the active slab
 *     carve a word of the active slab
 *     next slab of the queue
 *     fresh slab
 *
 *   cell   | bits of the active word : 64 | its first block : 32 | - : 32 |
 * </pre>
 *
 * <p>The active word is the free part of a word of the active slab, moved into the thread heap: so
 * each hit is one store, and 64 blocks lie between two slow paths. A block in the heap of its owner
 * is written to by its user alone. Only remote frees are linked through blocks, until they are
 * drained.
 *
 * <p>There is no count: a word that becomes {@link SlabBits#ALL} says that the slab may be empty.
 *
 * <p>{@link #forEachActive} visits the active word and every bitmap of the heap, for both are
 * outside of descriptors: so the counts of the page table hold with an empty local list.
 *
 * @param active in each heap, the active word of each class
 * @param bits the bitmaps
 * @param slabs the slabs of each heap
 */
record BitmapTier(
    Memory memory,
    PageTable pages,
    RemoteFrees remoteFrees,
    SizeClasses sizeClasses,
    int firstClass,
    int lastClass,
    PerClass active,
    SlabBits bits,
    HeapSlabs slabs)
    implements SizeTier {
  /** Bytes of a cell. */
  static final int CELL_BYTES = 16;

  private static final int FREE = 0;
  private static final int FIRST = 8;

  private int blockUnits(int sizeClass) {
    return sizeClasses.bytes(sizeClass) / Memory.UNIT_BYTES;
  }

  @Override
  public int allocate(int heap, int sizeClass) {
    int cell = active.at(heap, sizeClass);
    long free = memory.getLong(cell, FREE);
    if (free == 0) {
      return allocateSlow(heap, sizeClass);
    }
    int number = Long.numberOfTrailingZeros(free);
    int block = memory.getInt(cell, FIRST) + number * blockUnits(sizeClass);
    memory.putLong(cell, FREE, free & (free - 1));
    return block;
  }

  @Override
  public void release(int heap, int sizeClass, int block) {
    int slab = pages.descriptorOf(block);
    if (pages.owner(slab) != heap) {
      remoteFrees.free(slab, block);
      return;
    }
    long free = bits.with(sizeClass, block);
    if (free == SlabBits.ALL || slabs.isFull(slab)) {
      releaseSlow(heap, sizeClass, slab, block, free);
      return;
    }
    bits.put(sizeClass, block, free);
  }

  private void releaseSlow(int heap, int sizeClass, int slab, int block, long free) {
    StackRoom.forBox();
    bits.put(sizeClass, block, free);
    slabs.settle(heap, sizeClass, slab);
  }

  private int allocateSlow(int heap, int sizeClass) {
    StackRoom.forBox();
    slabs.drain(heap);
    int block = takeFromSlabs(heap, sizeClass);
    if (block == 0 && slabs.claim(heap, sizeClass)) {
      block = takeFromSlabs(heap, sizeClass);
    }
    return block;
  }

  /**
   * A block of the heap's slabs, 0 when they are full. Looks at the active word again: to drain and
   * to claim may ask a source, and that may have allocated in this heap meanwhile.
   */
  private int takeFromSlabs(int heap, int sizeClass) {
    int cell = active.at(heap, sizeClass);
    while (memory.getLong(cell, FREE) == 0) {
      int slab = slabs.active(heap, sizeClass);
      if (slab == 0) {
        slab = slabs.activateFirst(heap, sizeClass);
        if (slab == 0) {
          return 0;
        }
      }
      int number = bits.findFree(slab);
      if (number < 0) {
        slabs.exhausted(heap, sizeClass);
      } else {
        int blocksBefore = number * SlabBits.BITS;
        memory.putInt(cell, FIRST, pages.pageOf(slab) + blocksBefore * blockUnits(sizeClass));
        memory.putLong(cell, FREE, bits.take(slab, number));
      }
    }
    return allocate(heap, sizeClass);
  }

  @Override
  public boolean drain(int heap) {
    return slabs.drain(heap);
  }

  @Override
  public void retire(int heap) {
    slabs.drain(heap);
    for (int sizeClass = firstClass; sizeClass <= lastClass; sizeClass++) {
      int cell = active.at(heap, sizeClass);
      long free = memory.getLong(cell, FREE);
      if (free != 0) {
        memory.putLong(cell, FREE, 0);
        bits.putBack(sizeClass, memory.getInt(cell, FIRST), free);
      }
      slabs.retire(heap, sizeClass);
    }
  }

  private boolean serves(int sizeClass) {
    return sizeClass >= firstClass && sizeClass <= lastClass;
  }

  @Override
  public void forEachActive(int heap, int sizeClass, IntConsumer visitor) {
    if (serves(sizeClass)) {
      int cell = active.at(heap, sizeClass);
      SlabBits.forEach(
          memory.getLong(cell, FREE), memory.getInt(cell, FIRST), blockUnits(sizeClass), visitor);
      slabs.forEachWithRoom(heap, sizeClass, slab -> bits.forEach(slab, visitor));
    }
  }

  @Override
  public int activeCount(int heap, int sizeClass) {
    int[] count = new int[1];
    if (serves(sizeClass)) {
      count[0] = Long.bitCount(memory.getLong(active.at(heap, sizeClass), FREE));
      slabs.forEachWithRoom(heap, sizeClass, slab -> count[0] += bits.count(slab));
    }
    return count[0];
  }
}
