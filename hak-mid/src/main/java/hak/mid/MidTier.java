package hak.mid;

import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.SizeClasses;
import hak.core.memory.StackRoom;
import hak.core.slabs.FreeBlocks;
import hak.core.spi.SizeTier;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Blocks of middle size from slabs that belong to no thread: one {@link Shelf} with a lock for each
 * size class, and thread caches in front that are filled in batches.
 *
 * <p>Fresh slabs are claimed, empty ones given back, and caches filled outside of the lock:
 * claiming may empty the heaps of dead threads into this tier, and caches are other people's code.
 *
 * <p>Where a class has no block at hand a larger one may serve it ({@link LargerClasses}), before
 * memory is claimed. So the class of a block is that of its page, not that of the request.
 *
 * @param larger which classes may serve which
 * @param wMax how long a block is in per cent of a request, at most; asked at each miss
 * @param claims counts what misses come to
 * @param freeBlocks gives memory of slabs back
 * @param batchBytes how much {@link #refill} takes at a time
 */
@SuppressWarnings("ArrayRecordComponent") // never handed out, never compared
record MidTier(
    Memory memory,
    PageTable pages,
    PageRuns pageRuns,
    SizeClasses sizeClasses,
    int firstClass,
    Shelf[] shelves,
    LargerClasses larger,
    LongSupplier wMax,
    Claims claims,
    FreeBlocks freeBlocks,
    int batchBytes)
    implements SizeTier {
  private Shelf shelf(int sizeClass) {
    return shelves[sizeClass - firstClass];
  }

  @Override
  public int allocate(int heap, int sizeClass) {
    StackRoom.forBox();
    return BlockList.first(take(sizeClass, 1));
  }

  /** Up to {@code count} blocks, or one of a larger class; none when there is no memory. */
  private long take(int sizeClass, int count) {
    Shelf shelf = shelf(sizeClass);
    long list = shelf.take(count);
    if (BlockList.isEmpty(list)) {
      list = takeLarger(sizeClass);
    }
    if (BlockList.isEmpty(list)) {
      int slab = freshSlab(sizeClass);
      if (slab != 0) {
        list = shelf.takeFromFresh(slab, count);
      }
    }
    return list;
  }

  /** A block that is at hand of a class that may serve this one; none where there is none. */
  private long takeLarger(int sizeClass) {
    int[] classes = larger.than(sizeClass);
    int count = larger.count(sizeClass, wMax.getAsLong());
    for (int i = 0; i < count; i++) {
      long list = shelf(classes[i]).take(1);
      if (!BlockList.isEmpty(list)) {
        claims.lentBlocks().getAndIncrement();
        return list;
      }
    }
    return BlockList.EMPTY;
  }

  @Override
  public boolean refills() {
    return true;
  }

  @Override
  public int refill(int heap, int sizeClass, BlockSink caches) {
    StackRoom.forBox();
    long list = take(sizeClass, Math.max(1, batchBytes / sizeClasses.bytes(sizeClass)));
    if (!BlockList.isEmpty(list)) {
      fill(heap, sizeClass, BlockList.rest(memory, list), caches);
    }
    return BlockList.first(list);
  }

  /** Hands a list to the caches; what they do not take goes back. */
  private void fill(int heap, int sizeClass, long blocks, BlockSink caches) {
    long list = blocks;
    while (!BlockList.isEmpty(list)) {
      long rest = BlockList.rest(memory, list); // before a cache writes into the block
      if (!caches.accept(heap, sizeClass, BlockList.first(list))) {
        break;
      }
      list = rest;
    }
    while (!BlockList.isEmpty(list)) {
      long rest = BlockList.rest(memory, list);
      giveBack(sizeClass, BlockList.first(list));
      list = rest;
    }
  }

  private int freshSlab(int sizeClass) {
    int blockBytes = sizeClasses.bytes(sizeClass);
    int count = SlabLength.best(blockBytes);
    int page = pageRuns.claim(count);
    if (page == 0) { // no room for as many neighbours, but maybe for one block
      count = SlabLength.least(blockBytes);
      page = pageRuns.claim(count);
    }
    if (page == 0) {
      return 0;
    }
    claims.claimedBytes().getAndAdd((long) count * PageTable.PAGE_BYTES);
    int capacity = count * PageTable.PAGE_BYTES / blockBytes;
    return pages.describe(page, count, PageTable.SLAB, sizeClass, 0, capacity);
  }

  @Override
  public void release(int heap, int sizeClass, int block) {
    StackRoom.forBox();
    giveBack(pages.sizeClassOf(block), block);
  }

  private void giveBack(int sizeClass, int block) {
    int emptied = shelf(sizeClass).put(pages.headOf(block), block);
    if (emptied != 0) {
      release(emptied);
    }
  }

  private void release(int slab) {
    claims.releasedBytes().getAndAdd((long) pages.pages(slab) * PageTable.PAGE_BYTES);
    pageRuns.release(slab);
  }

  @Override
  public void retire(int heap) {
    for (Shelf shelf : shelves) {
      for (int slab = shelf.removeEmpty(); slab != 0; slab = shelf.removeEmpty()) {
        release(slab);
      }
    }
  }

  @Override
  public void giveBack(int heap) {
    if (heap == NO_HEAP) {
      for (Shelf shelf : shelves) {
        shelf.giveBack(freeBlocks);
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
