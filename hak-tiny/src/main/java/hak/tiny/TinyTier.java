package hak.tiny;

import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.PerClass;
import hak.core.memory.RemoteFrees;
import hak.core.memory.SizeClasses;
import hak.core.memory.StackRoom;
import hak.core.spi.SizeTier;
import java.util.function.IntConsumer;

/**
 * Small blocks, carved from slabs of one page that belong to a thread heap.
 *
 * <pre>
 * allocate                              release
 *   pop the heap's active list            my slab: push its local list
 *   empty: allocateSlow                     count reaches the trigger: releaseSlow
 *     drain remote frees                  another's slab: its remote list
 *     local list of the active slab
 *     carve the active slab
 *     next slab of the queue
 *     fresh slab
 *
 *                 exhausted             first free block
 *      ACTIVE  --------------->  FULL  ------------------>  PARTIAL (in the queue)
 *        ^                                                      |  |
 *        +------------------------------------------------------+  +--> all free: given back,
 *                      first in the queue                               unless it is the last one
 * </pre>
 *
 * <p>The active list is the local list of the active slab, moved into the thread heap whole, so an
 * allocation touches neither descriptor nor anything shared; frees go to the slab they came from,
 * which keeps neighbours together. After mimalloc's free list sharding (Leijen, Zorn, de Moura:
 * "Mimalloc: Free List Sharding in Action", 2019).
 *
 * <p>{@code trigger} folds the two events that a free must notice into one compare: 1 for a FULL
 * slab (it has a free block now), {@code carved} for a PARTIAL one (it is empty now), 0 for the
 * ACTIVE one (nothing to notice).
 *
 * <p>In {@code allocate} and {@code release} the one store that counts comes last, and the slow
 * paths begin with {@link StackRoom}: an overflow of the stack comes before any change or not at
 * all.
 *
 * @param active in each heap, the active list of each class: the word of a {@link BlockList}
 * @param queue in each heap, the PARTIAL slabs of each class
 * @param activeSlab in each heap, the descriptor of the active slab of each class
 * @param carveBytes how much of a slab is carved at a time
 */
record TinyTier(
    Memory memory,
    PageTable pages,
    PageRuns pageRuns,
    RemoteFrees remoteFrees,
    SizeClasses sizeClasses,
    int firstClass,
    int lastClass,
    PerClass active,
    SlabQueue queue,
    PerClass activeSlab,
    int carveBytes)
    implements SizeTier {
  private static final byte ACTIVE = 1;
  private static final byte FULL = 2;
  private static final byte PARTIAL = 3;

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
      remoteFrees.free(slab, block);
      return;
    }
    long list = BlockList.push(memory, pages.local(slab), block);
    if (BlockList.count(list) == pages.trigger(slab)) {
      releaseSlow(heap, sizeClass, slab, list);
      return;
    }
    pages.local(slab, list);
  }

  private void releaseSlow(int heap, int sizeClass, int slab, long list) {
    StackRoom.forBox();
    pages.local(slab, list);
    settle(heap, sizeClass, slab);
  }

  private int allocateSlow(int heap, int sizeClass) {
    StackRoom.forBox();
    drain(heap);
    int block = takeFromSlabs(heap, sizeClass);
    if (block == 0) {
      int slab = freshSlab(heap, sizeClass);
      if (slab != 0) {
        enqueue(heap, sizeClass, slab);
        block = takeFromSlabs(heap, sizeClass);
      }
    }
    return block;
  }

  /**
   * A block of the heap's slabs, 0 when they are full. Looks at the active list again: to drain and
   * to claim may ask a source, and that may have allocated in this heap meanwhile.
   */
  private int takeFromSlabs(int heap, int sizeClass) {
    int cell = active.at(heap, sizeClass);
    int slabCell = activeSlab.at(heap, sizeClass);
    long list = memory.getLong(cell, 0);
    while (list == BlockList.EMPTY) {
      int slab = memory.getInt(slabCell, 0);
      if (slab == 0) {
        slab = queue.removeFirst(heap, sizeClass);
        if (slab == 0) {
          return 0;
        }
        pages.state(slab, ACTIVE);
        pages.trigger(slab, 0);
        memory.putInt(slabCell, 0, slab);
      }
      list = takeFree(slab);
      if (list == BlockList.EMPTY) {
        pages.state(slab, FULL);
        pages.trigger(slab, 1);
        memory.putInt(slabCell, 0, 0);
      }
    }
    memory.putLong(cell, 0, BlockList.rest(memory, list));
    return BlockList.first(list);
  }

  private void enqueue(int heap, int sizeClass, int slab) {
    assert pages.owner(slab) == heap : "a slab is in the queue of its owner";
    pages.state(slab, PARTIAL);
    pages.trigger(slab, pages.carved(slab));
    queue.addLast(heap, sizeClass, slab);
  }

  /** The free blocks of the active slab: what was freed before what was never used. */
  private long takeFree(int slab) {
    long list = pages.local(slab);
    if (list == BlockList.EMPTY) {
      return carve(slab);
    }
    pages.local(slab, BlockList.EMPTY);
    return list;
  }

  /** Cuts the next part of a slab into blocks, the lowest address first in the list. */
  private long carve(int slab) {
    int carved = pages.carved(slab);
    int blockBytes = sizeClasses.bytes(pages.sizeClass(slab));
    int end = Math.min(pages.capacity(slab), carved + Math.max(1, carveBytes / blockBytes));
    int page = pages.pageOf(slab);
    long list = BlockList.EMPTY;
    for (int i = end - 1; i >= carved; i--) {
      list = BlockList.push(memory, list, page + i * (blockBytes / Memory.UNIT_BYTES));
    }
    pages.carved(slab, end);
    return list;
  }

  private int freshSlab(int heap, int sizeClass) {
    int page = pageRuns.claimSlab(heap, sizeClass);
    if (page == 0) {
      return 0;
    }
    int capacity = PageTable.PAGE_BYTES / sizeClasses.bytes(sizeClass);
    return pages.describe(page, 1, PageTable.SLAB, sizeClass, heap, capacity);
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
      settle(heap, pages.sizeClass(slab), slab);
      slab = next;
    }
    return true;
  }

  /** Moves a slab whose local list has grown to where it belongs. */
  private void settle(int heap, int sizeClass, int slab) {
    if (pages.state(slab) == FULL) {
      enqueue(heap, sizeClass, slab);
    }
    if (pages.state(slab) == PARTIAL && isEmpty(slab) && !queue.isOnly(heap, sizeClass, slab)) {
      queue.remove(heap, sizeClass, slab);
      pageRuns.release(slab);
    }
  }

  private boolean isEmpty(int slab) {
    return BlockList.count(pages.local(slab)) == pages.carved(slab);
  }

  @Override
  public void retire(int heap) {
    drain(heap);
    for (int sizeClass = firstClass; sizeClass <= lastClass; sizeClass++) {
      retireActive(heap, sizeClass);
      retireQueued(heap, sizeClass);
    }
  }

  /**
   * Once round: a slab is in no list while it is given back, for the source that is offered its
   * superslab may allocate in this heap or trim it.
   */
  private void retireQueued(int heap, int sizeClass) {
    for (int left = queue.length(heap, sizeClass); left > 0; left--) {
      int slab = queue.removeFirst(heap, sizeClass);
      if (slab == 0) {
        return;
      }
      if (isEmpty(slab)) {
        assert pages.remote(slab) == BlockList.EMPTY : "what is remote is not local: not empty";
        pageRuns.release(slab);
      } else {
        queue.addLast(heap, sizeClass, slab);
      }
    }
  }

  private void retireActive(int heap, int sizeClass) {
    int slabCell = activeSlab.at(heap, sizeClass);
    int slab = memory.getInt(slabCell, 0);
    if (slab == 0) {
      return;
    }
    int cell = active.at(heap, sizeClass);
    long list = memory.getLong(cell, 0);
    memory.putLong(cell, 0, BlockList.EMPTY);
    pages.local(slab, BlockList.pushAll(memory, pages.local(slab), list));
    memory.putInt(slabCell, 0, 0);
    enqueue(heap, sizeClass, slab);
  }

  @Override
  public void forEachActive(int heap, int sizeClass, IntConsumer visitor) {
    if (sizeClass >= firstClass && sizeClass <= lastClass) {
      long list = memory.getLong(active.at(heap, sizeClass), 0);
      while (list != BlockList.EMPTY) {
        visitor.accept(BlockList.first(list));
        list = BlockList.rest(memory, list);
      }
    }
  }

  @Override
  public int activeCount(int heap, int sizeClass) {
    return BlockList.count(memory.getLong(active.at(heap, sizeClass), 0));
  }
}
