package hak.core.slabs;

import hak.core.memory.BlockList;
import hak.core.memory.PageTable;

/**
 * Where the slabs of thread heaps come from and where they go: what one tier does otherwise than
 * another. Called by the thread that holds the heap, with room on the stack; needs no Java heap.
 */
public interface SlabPages {
  /** The page table. */
  PageTable pages();

  /**
   * A slab of {@code sizeClass} that belongs to {@code heap}, nothing carved and in no list; 0 when
   * the reservation is used up. Claiming may empty other heaps and drain this one meanwhile.
   */
  int claim(int heap, int sizeClass);

  /** Takes a slab back that holds no block and is in no list. Never fails. */
  void release(int slab);

  /** Gives the pool what is kept of the slabs of a class that were released. */
  default void retire(int heap, int sizeClass) {}

  /** A slab's remote list was moved to its local one; for those that keep no local list. */
  default void drained(int slab) {}

  /** Whether every block ever handed out of the slab is back. */
  default boolean isEmpty(int slab) {
    return BlockList.count(pages().local(slab)) == pages().carved(slab);
  }
}
