package hak.core.slabs;

import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.SizeClasses;
import hak.core.spi.BoxContext;

/**
 * Gives back the memory behind free blocks of slabs in which a block lives.
 *
 * <pre>
 *   blocks     | live | free | live | free | free | free |  never used  |
 *   carved                                               ^
 *   after               free                  ^ carved                       the rest has no memory
 *                                             a page of the system begins at or before it
 * </pre>
 *
 * <p><b>At the end of a slab</b>, behind the last block that lives, blocks count as never used
 * again and lose all their memory. In front of it a free block stays in its slab's list, which has
 * a link in its first bytes: nothing else would say that it is free. So it keeps that page, <b>and
 * loses the others</b>, if it is longer. What is lost to it: of blocks of up to a page those that
 * are free in front of one that lives, on average half of such a slab. The counts, the ledger and
 * the walker know such a slab as it is.
 *
 * <p>Blocks that begin in front of the first page that goes stay in the list, so what is carved
 * again reads as zero.
 *
 * <p>Called by the one who may change the list of the slab: who holds its heap, or the lock of its
 * tier. The blocks that are in the list, and in no cache, are nobody's. Needs {@link
 * hak.core.memory.StackRoom} and no Java heap.
 */
public record FreeBlocks(Memory memory, PageTable pages, PageRuns pageRuns, SizeClasses classes) {
  private static final int SYSTEM_PAGE = PageRuns.SYSTEM_PAGE_BYTES;

  /** What a free block needs: the link, and the mark of a freed segment. */
  private static final int HEAD_BYTES = 2 * Long.BYTES;

  /** Of the stack that a box is made for. */
  public static FreeBlocks of(BoxContext context) {
    return new FreeBlocks(
        context.memory(), context.pages(), context.pageRuns(), context.sizeClasses());
  }

  /**
   * Gives back what it can of a slab; what the system refuses to take stays.
   *
   * @param slab its descriptor; its free blocks are in its local list, and not all blocks are free
   */
  public void giveBack(int slab) {
    int strideBytes = classes.strideBytes(pages.sizeClass(slab));
    if ((long) BlockList.count(pages.local(slab)) * strideBytes >= SYSTEM_PAGE) {
      cutEnd(slab, strideBytes);
      if (strideBytes > SYSTEM_PAGE) {
        purgeInside(slab, strideBytes);
      }
    }
  }

  private void cutEnd(int slab, int strideBytes) {
    int usedBytes = pages.carved(slab) * strideBytes;
    int from = firstFreePage(slab, strideBytes, usedBytes) * SYSTEM_PAGE;
    int kept = (from + strideBytes - 1) / strideBytes;
    if (from < usedBytes && kept < pages.carved(slab)) {
      drop(slab, strideBytes, kept, from);
    }
  }

  /** Gives back the pages of blocks in the list but for the one that each begins in. */
  private void purgeInside(int slab, int strideBytes) {
    int page = pages.pageOf(slab);
    long list = pages.local(slab);
    while (!BlockList.isEmpty(list)) {
      int start = indexOf(slab, strideBytes, BlockList.first(list)) * strideBytes;
      int headEnd = start + (strideBytes - classes.bytes(pages.sizeClass(slab))) + HEAD_BYTES;
      int from = roundUp(headEnd);
      int end = (start + strideBytes) / SYSTEM_PAGE * SYSTEM_PAGE;
      if (from < end) {
        pageRuns.purgePart(page, from, end - from);
      }
      list = BlockList.rest(memory, list);
    }
  }

  private static int roundUp(int bytes) {
    return (bytes + SYSTEM_PAGE - 1) / SYSTEM_PAGE * SYSTEM_PAGE;
  }

  /**
   * The first page of the system from which on nothing of a live block lies, counted from the begin
   * of the slab. Found by halving: if it is so from one page on, it is so from the next one on.
   */
  private int firstFreePage(int slab, int strideBytes, int usedBytes) {
    int live = -1;
    int free = roundUp(usedBytes) / SYSTEM_PAGE;
    while (free - live > 1) {
      int page = (live + free) >>> 1;
      int firstTouching = page * SYSTEM_PAGE / strideBytes;
      if (freeFrom(slab, strideBytes, firstTouching) == pages.carved(slab) - firstTouching) {
        free = page;
      } else {
        live = page;
      }
    }
    return free;
  }

  /** How many of the blocks from this number on are free. */
  private int freeFrom(int slab, int strideBytes, int first) {
    int count = 0;
    long list = pages.local(slab);
    while (!BlockList.isEmpty(list)) {
      count += indexOf(slab, strideBytes, BlockList.first(list)) >= first ? 1 : 0;
      list = BlockList.rest(memory, list);
    }
    return count;
  }

  private int indexOf(int slab, int strideBytes, int block) {
    return (block - pages.pageOf(slab)) * Memory.UNIT_BYTES / strideBytes; // a few pages at most
  }

  /** Takes the blocks behind the first {@code kept} out of the list, and their memory. */
  private void drop(int slab, int strideBytes, int kept, int from) {
    long before = pages.local(slab);
    long stay = BlockList.emptied(before);
    long go = BlockList.EMPTY;
    for (long left = before; !BlockList.isEmpty(left); ) {
      int block = BlockList.first(left);
      left = BlockList.rest(memory, left); // before it is linked elsewhere
      if (indexOf(slab, strideBytes, block) < kept) {
        stay = BlockList.push(memory, stay, block);
      } else {
        go = BlockList.push(memory, go, block);
      }
    }
    pages.local(slab, stay);
    boolean gone = false;
    try {
      int end = pages.pages(slab) * PageTable.PAGE_BYTES; // what is behind may be of a huge page
      gone = pageRuns.purgePart(pages.pageOf(slab), from, end - from);
    } finally {
      if (gone) {
        pages.carved(slab, kept);
      } else {
        pages.local(slab, BlockList.pushAll(memory, stay, go));
      }
    }
  }
}
