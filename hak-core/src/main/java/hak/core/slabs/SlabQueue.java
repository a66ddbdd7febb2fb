package hak.core.slabs;

import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.memory.PerClass;

/**
 * For each heap and size class a list of slabs with two ends. Of slabs with free blocks, first in
 * is first out: waiting at the end gives a slab time to collect more of its blocks. On recorded
 * programs last-in-first-out took the slow path up to 25 times as often.
 *
 * <pre>
 *   cell   | first : 32 | last : 32 |     refs of descriptors, linked by next and previous; 0 = none
 * </pre>
 *
 * @param memory the reservation
 * @param pages the page table
 * @param cells where the queue of each class is in a heap
 */
public record SlabQueue(Memory memory, PageTable pages, PerClass cells) {
  /** Bytes of a queue's cell. */
  public static final int CELL_BYTES = 8;

  private static final int FIRST = 0;
  private static final int LAST = 4;

  /** The first slab, 0 when there is none. */
  public int first(int heap, int sizeClass) {
    return memory.getInt(cells.at(heap, sizeClass), FIRST);
  }

  /** How many slabs the queue holds. */
  public int length(int heap, int sizeClass) {
    int length = 0;
    for (int slab = first(heap, sizeClass); slab != 0; slab = pages.next(slab)) {
      length++;
    }
    return length;
  }

  /** Whether the queue holds {@code slab} and nothing else. */
  public boolean isOnly(int heap, int sizeClass, int slab) {
    int cell = cells.at(heap, sizeClass);
    return memory.getInt(cell, FIRST) == slab && memory.getInt(cell, LAST) == slab;
  }

  /** Puts a slab that is in no list in front of all. */
  public void addFirst(int heap, int sizeClass, int slab) {
    int cell = cells.at(heap, sizeClass);
    int first = memory.getInt(cell, FIRST);
    pages.linkBetween(0, slab, first);
    if (first == 0) {
      memory.putInt(cell, LAST, slab);
    }
    memory.putInt(cell, FIRST, slab);
  }

  /** Appends a slab that is in no list. */
  public void addLast(int heap, int sizeClass, int slab) {
    int cell = cells.at(heap, sizeClass);
    int last = memory.getInt(cell, LAST);
    pages.linkBetween(last, slab, 0);
    if (last == 0) {
      memory.putInt(cell, FIRST, slab);
    }
    memory.putInt(cell, LAST, slab);
  }

  /** Takes out the first slab; 0 when there is none. */
  public int removeFirst(int heap, int sizeClass) {
    int slab = first(heap, sizeClass);
    if (slab != 0) {
      remove(heap, sizeClass, slab);
    }
    return slab;
  }

  /** Takes out a slab that is in the queue. */
  public void remove(int heap, int sizeClass, int slab) {
    int cell = cells.at(heap, sizeClass);
    pages.unlink(slab);
    if (pages.previous(slab) == 0) {
      memory.putInt(cell, FIRST, pages.next(slab));
    }
    if (pages.next(slab) == 0) {
      memory.putInt(cell, LAST, pages.previous(slab));
    }
  }
}
