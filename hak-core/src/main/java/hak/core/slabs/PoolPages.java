package hak.core.slabs;

import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.SizeClasses;
import hak.core.spi.BoxContext;

/** One page at a time out of the pool that all tiers share, and back into it. */
public record PoolPages(PageTable pages, PageRuns pageRuns, SizeClasses sizeClasses)
    implements SlabPages {
  /** Of the stack that a box is made for. */
  public static PoolPages of(BoxContext context) {
    return new PoolPages(context.pages(), context.pageRuns(), context.sizeClasses());
  }

  @Override
  public int claim(int heap, int sizeClass) {
    int page = pageRuns.claimSlab(heap, sizeClass);
    return page == 0 ? 0 : describe(page, heap, sizeClass);
  }

  /** Makes a claimed page a slab, and returns its descriptor. */
  public int describe(int page, int heap, int sizeClass) {
    int capacity = PageTable.PAGE_BYTES / sizeClasses.strideBytes(sizeClass);
    return pages.describe(page, 1, PageTable.SLAB, sizeClass, heap, capacity);
  }

  @Override
  public void release(int slab) {
    pageRuns.release(slab);
  }
}
