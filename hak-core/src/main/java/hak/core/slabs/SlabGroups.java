package hak.core.slabs;

import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.spi.BoxContext;

/**
 * Pages claimed as groups of neighbours, each for one size class of one heap: a slab takes its page
 * from the groups of its class, and a group goes back to the pool as a whole when no page of it is
 * a slab in use.
 *
 * <p>The page that was used last is used first, for it has memory behind it. An unused page is
 * described as a slab of the class with no block carved, so the pool takes it for claimed and the
 * ledger for free. {@link PageTable#groupBack} says where its group begins. When the pool has no
 * group left, groups are of one page.
 *
 * @param pool where groups come from
 * @param unused in each heap, the unused pages of each class
 * @param groupPages pages of a group
 */
public record SlabGroups(PoolPages pool, SlabQueue unused, int groupPages) implements SlabPages {
  /** What is kept in a heap for each size class. */
  public static final int CELL_BYTES = SlabQueue.CELL_BYTES;

  /** The state of a slab that is in no list of {@link HeapSlabs}: what describing it leaves. */
  private static final byte UNUSED = 0;

  /** For a tier; asks the context for {@link #CELL_BYTES} for each class. */
  public static SlabGroups of(BoxContext context, int groupPages) {
    return new SlabGroups(
        PoolPages.of(context),
        new SlabQueue(context.memory(), context.pages(), context.perClass(CELL_BYTES)),
        groupPages);
  }

  @Override
  public PageTable pages() {
    return pool.pages();
  }

  @Override
  public int claim(int heap, int sizeClass) {
    int slab = unused.removeFirst(heap, sizeClass);
    if (slab != 0) {
      return slab;
    }
    int page = pool.pageRuns().claim(groupPages);
    return page == 0 ? pool.claim(heap, sizeClass) : group(page, heap, sizeClass);
  }

  /** Makes pages a group and returns its first slab; the others are unused. */
  private int group(int page, int heap, int sizeClass) {
    int first = pages().descriptorOf(page);
    for (int i = groupPages - 1; i >= 0; i--) {
      describe(pages().after(first, i), i, heap, sizeClass);
      if (i > 0) {
        unused.addFirst(heap, sizeClass, pages().after(first, i));
      }
    }
    return first;
  }

  private void describe(int slab, int groupBack, int heap, int sizeClass) {
    pool.describe(pages().pageOf(slab), heap, sizeClass);
    pages().groupBack(slab, groupBack);
  }

  @Override
  public void release(int slab) {
    int heap = pages().owner(slab);
    int sizeClass = pages().sizeClass(slab);
    describe(slab, pages().groupBack(slab), heap, sizeClass);
    unused.addFirst(heap, sizeClass, slab);
    int first = firstOf(slab);
    int length = lengthFrom(first);
    if (isUnused(first, length)) {
      for (int i = 0; i < length; i++) {
        unused.remove(heap, sizeClass, pages().after(first, i));
      }
      int page = pages().pageOf(first);
      pool.release(pages().describe(page, length, PageTable.SLAB, sizeClass, heap, 0));
    }
  }

  private int firstOf(int slab) {
    return pages().after(slab, -pages().groupBack(slab));
  }

  /** The first page behind a group is the first of another one, or is in none: no step from it. */
  private int lengthFrom(int first) {
    int most = PageRuns.pagesToEnd(pages().pageOf(first));
    int length = 1;
    while (length < most && pages().groupBack(pages().after(first, length)) == length) {
      length++;
    }
    return length;
  }

  private boolean isUnused(int first, int length) {
    for (int i = 0; i < length; i++) {
      if (pages().state(pages().after(first, i)) != UNUSED) {
        return false;
      }
    }
    return true;
  }

  /** What is left of a group that gives pages back one by one are groups of one page. */
  @Override
  public void retire(int heap, int sizeClass) {
    for (int slab = unused.removeFirst(heap, sizeClass);
        slab != 0;
        slab = unused.removeFirst(heap, sizeClass)) {
      int first = firstOf(slab);
      for (int i = lengthFrom(first) - 1; i > 0; i--) {
        pages().groupBack(pages().after(first, i), 0);
      }
      pool.release(slab);
    }
  }
}
