package hak.mid;

import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.slabs.FreeBlocks;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The slabs of one size class that have room, behind a lock.
 *
 * <p>A slab is on the shelf exactly when a block can be taken from it: its local list is not empty
 * or it is not carved to the end. A block is carved only when no slab before it in the list has a
 * free one.
 *
 * <p>Callers have asked for {@link hak.core.memory.StackRoom}, so what is done under the lock is
 * done whole, and nothing in there is anybody else's code or needs the Java heap.
 */
final class Shelf {
  private final ReentrantLock lock = new ReentrantLock();
  private final Memory memory;
  private final PageTable pages;
  private final int blockUnits;

  /** Descriptor of the first slab, 0 = none. Guarded by the lock, as are the slabs' descriptors. */
  private int first;

  /** Descriptor of the last slab, 0 = none. */
  private int last;

  Shelf(Memory memory, PageTable pages, int blockBytes) {
    this.memory = memory;
    this.pages = pages;
    this.blockUnits = blockBytes / Memory.UNIT_BYTES;
  }

  /** Takes up to {@code count} blocks; none when the shelf is empty. */
  long take(int count) {
    lock.lock();
    try {
      return takeBlocks(count);
    } finally {
      lock.unlock();
    }
  }

  /** Puts a fresh slab on the shelf and takes up to {@code count} blocks, at least one. */
  long takeFromFresh(int slab, int count) {
    lock.lock();
    try {
      link(slab);
      return takeBlocks(count);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a block back into its slab.
   *
   * @return the slab if it is empty now and not the only one on the shelf: no longer on the shelf,
   *     the caller gives it back; else 0
   */
  int put(int slab, int block) {
    lock.lock();
    try {
      giveBack(slab, block);
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

  /**
   * Gives back the memory of free blocks in every slab. The lock is taken for each slab anew, so
   * nobody waits for more than one of them: those that were looked at go to the end.
   */
  void giveBack(FreeBlocks freeBlocks) {
    for (int left = length(); left > 0; left--) {
      lock.lock();
      try {
        int slab = first;
        if (slab == 0) {
          return;
        }
        if (!isEmpty(slab)) {
          freeBlocks.giveBack(slab);
        }
        unlink(slab);
        linkLast(slab);
      } finally {
        lock.unlock();
      }
    }
  }

  private int length() {
    lock.lock();
    try {
      int length = 0;
      for (int slab = first; slab != 0; slab = pages.next(slab)) {
        length++;
      }
      return length;
    } finally {
      lock.unlock();
    }
  }

  private long takeBlocks(int count) {
    long list = BlockList.EMPTY;
    while (first != 0 && BlockList.count(list) < count) {
      list = BlockList.push(memory, list, takeFromFirst());
    }
    return list;
  }

  private int takeFromFirst() {
    int slab = first;
    long list = pages.local(slab);
    int block;
    if (!BlockList.isEmpty(list)) {
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

  private void giveBack(int slab, int block) {
    boolean wasOff = !hasRoom(slab);
    pages.pushLocal(slab, pages.local(slab), block);
    if (wasOff) {
      link(slab);
    }
  }

  private boolean hasRoom(int slab) {
    return !BlockList.isEmpty(pages.local(slab)) || pages.carved(slab) < pages.capacity(slab);
  }

  private boolean isEmpty(int slab) {
    return BlockList.count(pages.local(slab)) == pages.carved(slab);
  }

  private void link(int slab) {
    assert lock.isHeldByCurrentThread() && hasRoom(slab) : "what is on the shelf has room";
    pages.linkBetween(0, slab, first);
    if (first == 0) {
      last = slab;
    }
    first = slab;
  }

  private void linkLast(int slab) {
    assert lock.isHeldByCurrentThread() && hasRoom(slab) : "what is on the shelf has room";
    pages.linkBetween(last, slab, 0);
    if (last == 0) {
      first = slab;
    }
    last = slab;
  }

  private void unlink(int slab) {
    assert lock.isHeldByCurrentThread() && first != 0 : "nothing is on the shelf";
    pages.unlink(slab);
    if (first == slab) {
      first = pages.next(slab);
    }
    if (last == slab) {
      last = pages.previous(slab);
    }
  }
}
