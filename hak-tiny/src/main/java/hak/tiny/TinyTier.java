package hak.tiny;

import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.memory.PerClass;
import hak.core.memory.RemoteBatches;
import hak.core.memory.SizeClasses;
import hak.core.memory.StackRoom;
import hak.core.slabs.FreeBlocks;
import hak.core.slabs.HeapSlabs;
import hak.core.spi.SizeTier;
import java.util.function.IntConsumer;

/**
 * Small blocks, carved from slabs of one page that belong to a thread heap.
 *
 * <pre>
 * allocate                              release
 *   pop the heap's active list            my slab: push its local list
 *   empty: allocateSlow                     count reaches the trigger: releaseSlow
 *     drain remote frees                  another's slab: with others of it
 *     local list of the active slab
 *     carve the active slab
 *     next slab of the queue
 *     fresh slab
 * </pre>
 *
 * <p>The active list is the local list of the active slab, moved into the thread heap whole, so an
 * allocation touches neither descriptor nor anything shared; frees go to the slab they came from,
 * which keeps neighbours together. After mimalloc's free list sharding (Leijen, Zorn, de Moura:
 * "Mimalloc: Free List Sharding in Action", 2019). What becomes of a slab is in {@link HeapSlabs}.
 *
 * <p>A cache that adopts gets the whole active list when it is empty ({@link #handOver}): two
 * stores for as many blocks as the slab has free, where taking them one by one costs a call each.
 *
 * <p>In {@code allocate} the one store that counts comes last, in {@code release} both go the same
 * way, and the slow paths begin with {@link StackRoom}: an overflow of the stack comes before any
 * change or not at all.
 *
 * @param remoteBatches what heaps free of each other
 * @param active in each heap, the active list of each class: the word of a {@link BlockList}
 * @param slabs the slabs of each heap
 * @param freeBlocks gives memory of them back
 * @param carveBytes how much of a slab is carved at a time
 */
record TinyTier(
    Memory memory,
    PageTable pages,
    RemoteBatches remoteBatches,
    SizeClasses sizeClasses,
    int firstClass,
    int lastClass,
    PerClass active,
    HeapSlabs slabs,
    FreeBlocks freeBlocks,
    int carveBytes)
    implements SizeTier {
  @Override
  public int allocate(int heap, int sizeClass) {
    int cell = active.at(heap, sizeClass);
    long list = memory.getLong(cell, 0);
    int block = BlockList.first(list);
    if (block == 0) {
      return allocateSlow(heap, sizeClass);
    }
    memory.putLong(cell, 0, BlockList.rest(memory, list));
    return block;
  }

  @Override
  public void release(int heap, int sizeClass, int block) {
    int slab = pages.descriptorOf(block);
    if (pages.owner(slab) != heap) {
      remoteBatches.free(heap, sizeClass, slab, block);
      return;
    }
    long list = pages.local(slab);
    if (BlockList.count(list) + 1 == pages.trigger(slab)) {
      releaseSlow(heap, sizeClass, slab, block);
      return;
    }
    pages.pushLocal(slab, list, block);
  }

  private void releaseSlow(int heap, int sizeClass, int slab, int block) {
    StackRoom.forBox();
    pages.pushLocal(slab, pages.local(slab), block);
    slabs.settle(heap, sizeClass, slab);
  }

  private int allocateSlow(int heap, int sizeClass) {
    StackRoom.forBox();
    long list = listFromSlabs(heap, sizeClass);
    if (!BlockList.isEmpty(list)) {
      memory.putLong(active.at(heap, sizeClass), 0, BlockList.rest(memory, list));
    }
    return BlockList.first(list);
  }

  @Override
  public boolean handsOver() {
    return true;
  }

  @Override
  public long handOver(int heap, int sizeClass) {
    int cell = active.at(heap, sizeClass);
    long list = memory.getLong(cell, 0);
    if (BlockList.isEmpty(list)) {
      return listFromSlabs(heap, sizeClass);
    }
    memory.putLong(cell, 0, BlockList.EMPTY);
    return list;
  }

  private long listFromSlabs(int heap, int sizeClass) {
    slabs.drain(heap);
    long list = takeFromSlabs(heap, sizeClass);
    if (BlockList.isEmpty(list) && slabs.claim(heap, sizeClass)) {
      list = takeFromSlabs(heap, sizeClass);
    }
    return list;
  }

  /**
   * The free blocks of one of the heap's slabs; none when they are full. Looks at the active list
   * again: to drain and to claim may ask a source, and that may have allocated in this heap
   * meanwhile.
   */
  private long takeFromSlabs(int heap, int sizeClass) {
    int cell = active.at(heap, sizeClass);
    long list = memory.getLong(cell, 0);
    while (BlockList.isEmpty(list)) {
      int slab = slabs.active(heap, sizeClass);
      if (slab == 0) {
        slab = slabs.activateFirst(heap, sizeClass);
        if (slab == 0) {
          return BlockList.EMPTY;
        }
      }
      list = takeFree(heap, sizeClass, slab);
      if (BlockList.isEmpty(list)) {
        slabs.exhausted(heap, sizeClass);
      }
    }
    memory.putLong(cell, 0, BlockList.EMPTY);
    return list;
  }

  /** The free blocks of the active slab: what was freed before what was never used. */
  private long takeFree(int heap, int sizeClass, int slab) {
    long list = pages.local(slab);
    long empty = slabs.rooms().emptyList(sizeClass);
    boolean fresh = BlockList.isEmpty(list);
    pages.local(slab, empty);
    if (fresh) {
      list = carve(slab, empty);
    }
    slabs.rooms().taken(heap, sizeClass, BlockList.count(list), !fresh);
    return list;
  }

  /**
   * Cuts the next part of a slab into blocks, the lowest address first in the list.
   *
   * @param empty the list without them
   */
  private long carve(int slab, long empty) {
    int carved = pages.carved(slab);
    int blockBytes = sizeClasses.bytes(pages.sizeClass(slab));
    int end = Math.min(pages.capacity(slab), carved + Math.max(1, carveBytes / blockBytes));
    int page = pages.pageOf(slab);
    long list = empty;
    for (int i = end - 1; i >= carved; i--) {
      list = BlockList.push(memory, list, page + i * (blockBytes / Memory.UNIT_BYTES));
    }
    pages.carved(slab, end);
    return list;
  }

  @Override
  public boolean drain(int heap) {
    return slabs.drain(heap);
  }

  @Override
  public void handOverWithheld(int heap) {
    for (int sizeClass = firstClass; sizeClass <= lastClass; sizeClass++) {
      remoteBatches.handOver(heap, sizeClass);
    }
  }

  @Override
  public void retire(int heap) {
    slabs.drain(heap);
    for (int sizeClass = firstClass; sizeClass <= lastClass; sizeClass++) {
      putActiveBack(heap, sizeClass);
      slabs.retire(heap, sizeClass);
    }
  }

  @Override
  public void giveBack(int heap) {
    if (heap != NO_HEAP) {
      for (int sizeClass = firstClass; sizeClass <= lastClass; sizeClass++) {
        slabs.giveBack(heap, sizeClass, freeBlocks);
      }
    }
  }

  private void putActiveBack(int heap, int sizeClass) {
    int slab = slabs.active(heap, sizeClass);
    if (slab != 0) {
      int cell = active.at(heap, sizeClass);
      long list = memory.getLong(cell, 0);
      memory.putLong(cell, 0, BlockList.EMPTY);
      pages.local(slab, BlockList.pushAll(memory, pages.local(slab), list));
    }
  }

  @Override
  public void forEachActive(int heap, int sizeClass, IntConsumer visitor) {
    if (sizeClass >= firstClass && sizeClass <= lastClass) {
      BlockList.forEach(memory, memory.getLong(active.at(heap, sizeClass), 0), visitor);
    }
  }

  @Override
  public int activeCount(int heap, int sizeClass) {
    return BlockList.count(memory.getLong(active.at(heap, sizeClass), 0));
  }

  @Override
  public void forEachWithheld(int heap, int sizeClass, IntConsumer visitor) {
    remoteBatches.forEach(heap, sizeClass, visitor);
  }

  @Override
  public int withheldCount(int heap, int sizeClass) {
    return remoteBatches.count(heap, sizeClass);
  }
}
