package hak.mid;

import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.spi.SizeTier;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The slabs of one size class that have room, behind a lock.
 *
 * <p>A slab is on the shelf exactly when a block can be taken from it: its local list is not empty
 * or it is not carved to the end. A block is carved only when no slab before it in the list has a
 * free one.
 */
final class Shelf {
  private final ReentrantLock lock = new ReentrantLock();
  private final Memory memory;
  private final PageTable pages;
  private final int sizeClass;
  private final int blockUnits;

  /** Descriptor of the first slab, 0 = none. Guarded by the lock, as are the slabs' descriptors. */
  private int first;

  Shelf(Memory memory, PageTable pages, int sizeClass, int blockBytes) {
    this.memory = memory;
    this.pages = pages;
    this.sizeClass = sizeClass;
    this.blockUnits = blockBytes / Memory.UNIT_BYTES;
  }

  /** Takes a block; 0 when the shelf is empty. */
  int take() {
    lock.lock();
    try {
      return first == 0 ? 0 : takeFromFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Puts a fresh slab on the shelf and takes a block. */
  int takeFromFresh(int slab) {
    lock.lock();
    try {
      link(slab);
      return takeFromFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Hands out up to {@code count} blocks until {@code sink} refuses or the shelf is empty. */
  void hand(int count, int heap, SizeTier.BlockSink sink) {
    lock.lock();
    try {
      for (int i = 0; i < count && first != 0; i++) {
        int block = takeFromFirst();
        if (!sink.accept(heap, sizeClass, block)) {
          putLocked(pages.headOf(block), block);
          return;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a block back.
   *
   * @return the slab if it is empty now and not the only one on the shelf: no longer on the shelf,
   *     the caller gives it back; else 0
   */
  int put(int slab, int block) {
    lock.lock();
    try {
      putLocked(slab, block);
      boolean only = first == slab && pages.next(slab) == 0;
      if (isEmpty(slab) && !only) {
        unlink(slab);
        return slab;
      }
      return 0;
    } finally {
      lock.unlock();
    }
  }

  /** Takes an empty slab off the shelf; 0 when there is none. */
  int removeEmpty() {
    lock.lock();
    try {
      for (int slab = first; slab != 0; slab = pages.next(slab)) {
        if (isEmpty(slab)) {
          unlink(slab);
          return slab;
        }
      }
      return 0;
    } finally {
      lock.unlock();
    }
  }

  private int takeFromFirst() {
    int slab = first;
    long list = pages.local(slab);
    int block;
    if (list != BlockList.EMPTY) {
      block = BlockList.first(list);
      pages.local(slab, BlockList.rest(memory, list));
    } else {
      int carved = pages.carved(slab);
      block = pages.pageOf(slab) + carved * blockUnits;
      pages.carved(slab, carved + 1);
    }
    if (!hasRoom(slab)) {
      unlink(slab);
    }
    return block;
  }

  private void putLocked(int slab, int block) {
    boolean wasOff = !hasRoom(slab);
    pages.local(slab, BlockList.push(memory, pages.local(slab), block));
    if (wasOff) {
      link(slab);
    }
  }

  private boolean hasRoom(int slab) {
    return pages.local(slab) != BlockList.EMPTY || pages.carved(slab) < pages.capacity(slab);
  }

  private boolean isEmpty(int slab) {
    return BlockList.count(pages.local(slab)) == pages.carved(slab);
  }

  private void link(int slab) {
    pages.next(slab, first);
    pages.previous(slab, 0);
    if (first != 0) {
      pages.previous(first, slab);
    }
    first = slab;
  }

  private void unlink(int slab) {
    int next = pages.next(slab);
    int previous = pages.previous(slab);
    if (previous == 0) {
      first = next;
    } else {
      pages.next(previous, next);
    }
    if (next != 0) {
      pages.previous(next, previous);
    }
  }
}
