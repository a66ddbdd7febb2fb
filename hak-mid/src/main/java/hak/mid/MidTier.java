package hak.mid;

import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.SizeClasses;
import hak.core.spi.SizeTier;
import java.util.function.IntConsumer;

/**
 * Blocks of middle size from slabs that belong to no thread: one {@link Shelf} with a lock for each
 * size class, and thread caches in front that are filled in batches.
 *
 * <p>Fresh slabs are claimed, and empty ones given back, outside of the lock: claiming may empty
 * the heaps of dead threads into this tier.
 *
 * @param batchBytes how much {@link #refill} takes at a time
 */
@SuppressWarnings("ArrayRecordComponent") // never handed out, never compared
record MidTier(
    PageTable pages,
    PageRuns pageRuns,
    SizeClasses sizeClasses,
    int firstClass,
    Shelf[] shelves,
    int batchBytes)
    implements SizeTier {
  /** Slabs of blocks larger than this are several pages long, so that at least eight fit. */
  private static final int LARGEST_OF_ONE_PAGE = PageTable.PAGE_BYTES / 8;

  private static final int PAGES_OF_LARGER = 4;

  private Shelf shelf(int sizeClass) {
    return shelves[sizeClass - firstClass];
  }

  @Override
  public int allocate(int heap, int sizeClass) {
    Shelf shelf = shelf(sizeClass);
    int block = shelf.take();
    while (block == 0) {
      int slab = freshSlab(sizeClass);
      if (slab == 0) {
        return 0;
      }
      block = shelf.takeFromFresh(slab);
    }
    return block;
  }

  @Override
  public boolean refills() {
    return true;
  }

  @Override
  public int refill(int heap, int sizeClass, BlockSink caches) {
    int block = allocate(heap, sizeClass);
    int further = batchBytes / sizeClasses.bytes(sizeClass) - 1;
    if (block != 0 && further > 0) {
      shelf(sizeClass).hand(further, heap, caches);
    }
    return block;
  }

  private int freshSlab(int sizeClass) {
    int blockBytes = sizeClasses.bytes(sizeClass);
    int count = blockBytes <= LARGEST_OF_ONE_PAGE ? 1 : PAGES_OF_LARGER;
    int page = pageRuns.claim(count);
    if (page == 0) {
      return 0;
    }
    int capacity = count * PageTable.PAGE_BYTES / blockBytes;
    return pages.describe(page, count, PageTable.SLAB, sizeClass, 0, capacity);
  }

  @Override
  public void release(int heap, int sizeClass, int block) {
    int emptied = shelf(sizeClass).put(pages.headOf(block), block);
    if (emptied != 0) {
      pageRuns.release(emptied);
    }
  }

  @Override
  public void retire(int heap) {
    for (Shelf shelf : shelves) {
      for (int slab = shelf.removeEmpty(); slab != 0; slab = shelf.removeEmpty()) {
        pageRuns.release(slab);
      }
    }
  }

  @Override
  public void forEachActive(int heap, int sizeClass, IntConsumer visitor) {}

  @Override
  public int activeCount(int heap, int sizeClass) {
    return 0;
  }
}
