package hak.box.route;

import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import java.util.Arrays;

/**
 * The slabs of a stack as they are now, from their descriptors. Nobody who allocates pays for it;
 * they go on meanwhile, so each slab is seen at another time, and one that just changes its owner
 * may be seen half.
 *
 * <p>At most {@value #MOST_SUPERSLABS} superslabs are looked at, evenly among all, so that a window
 * stays short. For one thread.
 */
final class SlabLooks {
  /** 2 GiB of them, whose descriptors are 2 MiB. */
  static final int MOST_SUPERSLABS = 1024;

  private static final int PAGE_UNITS_SHIFT = PageTable.PAGE_SHIFT - Memory.UNIT_SHIFT;

  /** Is told of each slab that is looked at. */
  interface Visitor {
    /**
     * A slab.
     *
     * @param capacity blocks that it can have, 1 or more
     * @param usedBefore blocks that were out of it at the look before; 0 if it was no slab of this
     *     class then
     * @param used blocks that are out of it, up to the capacity: with users, or in caches
     */
    void slab(int sizeClass, int capacity, int usedBefore, int used);
  }

  private final PageTable pages;
  private final PageRuns runs;

  /** By page: blocks that were out, and of which class; 0 = no slab. */
  private int[] used = {};

  private byte[] classes = {};
  private int stride = 1;

  SlabLooks(PageTable pages, PageRuns runs) {
    this.pages = pages;
    this.runs = runs;
  }

  /** Looks; how many superslabs there are for each that was looked at. */
  int look(Visitor visitor) {
    int count = runs.superslabCount();
    if (count * PageRuns.PAGES > used.length) {
      used = Arrays.copyOf(used, count * PageRuns.PAGES);
      classes = Arrays.copyOf(classes, count * PageRuns.PAGES);
    }
    stride = Math.max(1, Math.ceilDiv(count, MOST_SUPERSLABS));
    for (int i = 0; i < count; i += stride) {
      see(i, visitor);
    }
    return stride;
  }

  private void see(int index, Visitor visitor) {
    int superslab = runs.firstSuperslab() + index;
    int claimed = runs.status(superslab) == PageRuns.IN_USE ? runs.claimed(superslab) : 0;
    for (int page = 0; page < PageRuns.PAGES; page++) {
      int at = index * PageRuns.PAGES + page;
      int descriptor = pages.descriptorOf((superslab * PageRuns.PAGES + page) << PAGE_UNITS_SHIFT);
      boolean isSlab =
          (claimed >>> page & 1) != 0
              && pages.kind(descriptor) == PageTable.SLAB
              && pages.headBack(descriptor) == 0;
      int sizeClass = isSlab ? pages.sizeClass(descriptor) : 0;
      int capacity = isSlab ? pages.capacity(descriptor) : 0;
      if (sizeClass <= 0 || capacity <= 0) {
        used[at] = 0;
        classes[at] = 0;
        continue;
      }
      int free =
          BlockList.count(pages.local(descriptor)) + BlockList.count(pages.remote(descriptor));
      int now = Math.clamp((long) pages.carved(descriptor) - free, 0, capacity);
      int before = classes[at] == sizeClass ? Math.min(used[at], capacity) : 0;
      visitor.slab(sizeClass, capacity, before, now);
      used[at] = now;
      classes[at] = (byte) sizeClass;
    }
  }
}
