package hak.core.slabs;

import hak.core.memory.BlockList;
import hak.core.memory.ListRooms;
import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.memory.PerClass;
import hak.core.memory.RemoteFrees;
import hak.core.spi.BoxContext;
import java.util.function.IntConsumer;

/**
 * The slabs of thread heaps that serve one tier: for each heap and size class the active one, from
 * which blocks are taken, and a queue of others that have free blocks.
 *
 * <pre>
 *                 exhausted             first free block
 *      ACTIVE  --------------->  FULL  ------------------>  PARTIAL (in the queue)
 *        ^                                                      |  |
 *        +------------------------------------------------------+  +--> all free: given back,
 *                      first in the queue                               unless it is the last one
 * </pre>
 *
 * <p>{@code trigger} folds the two events that a free must notice into one compare: 1 for a FULL
 * slab (it has a free block now), {@code carved} for a PARTIAL one (it is empty now), 0 for the
 * ACTIVE one (nothing to notice).
 *
 * <p>Called by the thread that holds the heap, with room on the stack. A slab is in no list while
 * it is claimed or given back, for the sources that are asked then may allocate in this heap or
 * trim it; so whoever claims looks again at what there is.
 *
 * @param slabPages where slabs come from and go to
 * @param queue in each heap, the PARTIAL slabs of each class
 * @param active in each heap, the descriptor of the active slab of each class
 * @param rooms the room that lists of slabs carry
 */
public record HeapSlabs(
    Memory memory,
    PageTable pages,
    RemoteFrees remoteFrees,
    SlabPages slabPages,
    SlabQueue queue,
    PerClass active,
    ListRooms rooms) {
  /** What is kept in a heap for each size class. */
  public static final int CELL_BYTES = SlabQueue.CELL_BYTES + Long.BYTES;

  /** The pages that refs can name. */
  private static final int MOST_SLABS = (int) (Memory.REF_SPAN_BYTES >> PageTable.PAGE_SHIFT);

  private static final byte ACTIVE = 1;
  private static final byte FULL = 2;
  private static final byte PARTIAL = 3;

  /** For a tier; asks the context for {@link #CELL_BYTES} for each class. */
  public static HeapSlabs of(BoxContext context, RemoteFrees remoteFrees, SlabPages slabPages) {
    return new HeapSlabs(
        context.memory(),
        context.pages(),
        remoteFrees,
        slabPages,
        new SlabQueue(context.memory(), context.pages(), context.perClass(SlabQueue.CELL_BYTES)),
        context.perClass(Long.BYTES),
        context.listRooms());
  }

  /** The active slab, 0 when there is none. */
  public int active(int heap, int sizeClass) {
    return memory.getInt(active.at(heap, sizeClass), 0);
  }

  private void active(int heap, int sizeClass, int slab) {
    memory.putInt(active.at(heap, sizeClass), 0, slab);
  }

  /** Makes the first slab of the queue the active one and returns it; 0 when there is none. */
  public int activateFirst(int heap, int sizeClass) {
    assert active(heap, sizeClass) == 0 : "one slab is active at a time";
    int slab = queue.removeFirst(heap, sizeClass);
    if (slab != 0) {
      pages.state(slab, ACTIVE);
      pages.trigger(slab, 0);
      active(heap, sizeClass, slab);
    }
    return slab;
  }

  /** The active slab has no free block left. */
  public void exhausted(int heap, int sizeClass) {
    int slab = active(heap, sizeClass);
    pages.state(slab, FULL);
    pages.trigger(slab, 1);
    active(heap, sizeClass, 0);
  }

  /** Whether the slab is one whose next free block is to be {@link #settle}d. */
  public boolean isFull(int slab) {
    return pages.state(slab) == FULL;
  }

  /** Appends a fresh slab to the queue; false when the reservation is used up. */
  public boolean claim(int heap, int sizeClass) {
    int slab = slabPages.claim(heap, sizeClass);
    if (slab != 0) {
      if (BlockList.isEmpty(pages.local(slab))) {
        long empty = rooms.emptyList(sizeClass);
        pages.local(slab, empty);
        pages.remote(slab, empty); // no block is out
      }
      enqueue(heap, sizeClass, slab);
    }
    return slab != 0;
  }

  private void enqueue(int heap, int sizeClass, int slab) {
    assert pages.owner(slab) == heap : "a slab is in the queue of its owner";
    pages.state(slab, PARTIAL);
    pages.trigger(slab, pages.carved(slab));
    queue.addLast(heap, sizeClass, slab);
  }

  /**
   * Visits the slabs of a class that are not full: the active one and the queue. May be called by
   * other threads and is then approximate.
   */
  public void forEachWithRoom(int heap, int sizeClass, IntConsumer visitor) {
    int active = active(heap, sizeClass);
    if (active != 0) {
      visitor.accept(active);
    }
    int slab = queue.first(heap, sizeClass);
    for (int left = MOST_SLABS; slab != 0 && left > 0; left--) { // a list in motion may not end
      visitor.accept(slab);
      slab = pages.next(slab);
    }
  }

  /** Takes in what other threads freed; whether there was anything. */
  public boolean drain(int heap) {
    if (!remoteFrees.isPending(heap)) {
      return false;
    }
    int slab = remoteFrees.take(heap);
    while (slab != 0) {
      int next = pages.pending(slab); // before the drain: afterwards the slab may be pushed again
      remoteFrees.drain(slab);
      slabPages.drained(slab);
      settle(heap, pages.sizeClass(slab), slab);
      slab = next;
    }
    return true;
  }

  /** Moves a slab that has more free blocks than before to where it belongs. */
  public void settle(int heap, int sizeClass, int slab) {
    if (pages.state(slab) == FULL) {
      enqueue(heap, sizeClass, slab);
    }
    if (pages.state(slab) == PARTIAL
        && slabPages.isEmpty(slab)
        && !queue.isOnly(heap, sizeClass, slab)) {
      queue.remove(heap, sizeClass, slab);
      release(heap, sizeClass, slab);
    }
  }

  private void release(int heap, int sizeClass, int slab) {
    rooms.released(heap, sizeClass, pages.carved(slab));
    slabPages.release(slab);
  }

  /** Gives back the memory of free blocks in the slabs of the queue. */
  public void giveBack(int heap, int sizeClass, FreeBlocks freeBlocks) {
    for (int slab = queue.first(heap, sizeClass); slab != 0; slab = pages.next(slab)) {
      freeBlocks.giveBack(slab);
      pages.trigger(slab, pages.carved(slab)); // there may be fewer now
    }
  }

  /**
   * Gives back every slab of a class that holds no block. What the tier keeps of the active one
   * outside of the slab it has put back before.
   */
  public void retire(int heap, int sizeClass) {
    int slab = active(heap, sizeClass);
    if (slab != 0) {
      active(heap, sizeClass, 0);
      enqueue(heap, sizeClass, slab);
    }
    for (int left = queue.length(heap, sizeClass); left > 0; left--) {
      slab = queue.removeFirst(heap, sizeClass);
      if (slab == 0) {
        break;
      }
      if (slabPages.isEmpty(slab)) {
        assert BlockList.isEmpty(pages.remote(slab)) : "what is remote is not local: not empty";
        release(heap, sizeClass, slab);
      } else {
        queue.addLast(heap, sizeClass, slab);
      }
    }
    slabPages.retire(heap, sizeClass);
  }
}
