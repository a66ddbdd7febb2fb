package hak.core.slabs;

import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.memory.RemoteFrees;
import hak.core.memory.SizeClasses;
import hak.core.memory.StackRoom;
import hak.core.spi.BoxContext;
import hak.core.spi.HeapSpace;
import hak.core.spi.SizeTier;
import java.util.function.IntConsumer;

/**
 * A tier whose thread heaps take blocks from a current slab of their own, for each size class; a
 * box that uses it says where slabs come from.
 *
 * <pre>
 * allocate                              release
 *   pop the active slab's local list      my slab: push its local list
 *   empty: carve one block                  count reaches the trigger: releaseSlow
 *   all carved: allocateSlow              another's slab: its remote list
 *     drain remote frees
 *     next slab of the queue
 *     fresh slab
 * </pre>
 *
 * <p>A block that was freed last is handed out first, and one that was never used is not touched
 * until its user does. All free blocks are in descriptors: a heap keeps none beside them.
 *
 * <p>In each hit the one store that counts comes last, or both go the same way, and the slow paths
 * begin with {@link StackRoom}.
 *
 * @param slabs the slabs of each heap
 */
public record SlabTier(
    Memory memory,
    PageTable pages,
    RemoteFrees remoteFrees,
    SizeClasses sizeClasses,
    int firstClass,
    int lastClass,
    HeapSlabs slabs)
    implements SizeTier {
  /** What the tier keeps in a heap, without its {@link SlabPages}. */
  public static final HeapSpace HEAP_SPACE =
      new HeapSpace(HeapSlabs.CELL_BYTES, HeapSpace.LINE_BYTES);

  /** For a box with slabs from {@code slabPages}; asks the context for {@link #HEAP_SPACE}. */
  public static SlabTier of(BoxContext context, SlabPages slabPages) {
    RemoteFrees remoteFrees = context.remoteFrees();
    return new SlabTier(
        context.memory(),
        context.pages(),
        remoteFrees,
        context.sizeClasses(),
        context.firstClass(),
        context.lastClass(),
        HeapSlabs.of(context, remoteFrees, slabPages));
  }

  @Override
  public int allocate(int heap, int sizeClass) {
    int slab = slabs.active(heap, sizeClass);
    if (slab == 0) {
      return allocateSlow(heap, sizeClass);
    }
    long list = pages.local(slab);
    int block = BlockList.first(list);
    if (block == 0) {
      return carveOrSlow(heap, sizeClass, slab);
    }
    pages.local(slab, BlockList.rest(memory, list));
    return block;
  }

  private int carveOrSlow(int heap, int sizeClass, int slab) {
    int block = carve(sizeClass, slab);
    return block != 0 ? block : allocateSlow(heap, sizeClass);
  }

  private int carve(int sizeClass, int slab) {
    return pages.carveNext(
        slab,
        sizeClasses.headBytes(sizeClass) / Memory.UNIT_BYTES,
        sizeClasses.strideBytes(sizeClass) / Memory.UNIT_BYTES);
  }

  private int allocateSlow(int heap, int sizeClass) {
    StackRoom.forBox();
    slabs.drain(heap);
    int block = takeFromSlabs(heap, sizeClass);
    if (block == 0 && slabs.claim(heap, sizeClass)) {
      block = takeFromSlabs(heap, sizeClass);
    }
    return block;
  }

  private int takeFromSlabs(int heap, int sizeClass) {
    int slab = slabs.active(heap, sizeClass);
    if (slab == 0) {
      slab = slabs.activateFirst(heap, sizeClass);
    }
    while (slab != 0) {
      int block = take(sizeClass, slab);
      if (block != 0) {
        return block;
      }
      slabs.exhausted(heap, sizeClass);
      slab = slabs.activateFirst(heap, sizeClass);
    }
    return 0;
  }

  private int take(int sizeClass, int slab) {
    long list = pages.local(slab);
    if (BlockList.isEmpty(list)) {
      return carve(sizeClass, slab);
    }
    pages.local(slab, BlockList.rest(memory, list));
    return BlockList.first(list);
  }

  @Override
  public void release(int heap, int sizeClass, int block) {
    int slab = pages.descriptorOf(block);
    if (pages.owner(slab) != heap) {
      remoteFrees.free(slab, block);
      return;
    }
    long list = pages.local(slab);
    if (BlockList.count(list) + 1 == pages.trigger(slab)) {
      releaseSlow(heap, sizeClass, slab, block);
      return;
    }
    pages.pushLocal(slab, list, block);
  }

  private void releaseSlow(int heap, int sizeClass, int slab, int block) {
    StackRoom.forBox();
    pages.pushLocal(slab, pages.local(slab), block);
    slabs.settle(heap, sizeClass, slab);
  }

  @Override
  public boolean drain(int heap) {
    return slabs.drain(heap);
  }

  @Override
  public void retire(int heap) {
    slabs.drain(heap);
    for (int sizeClass = firstClass; sizeClass <= lastClass; sizeClass++) {
      slabs.retire(heap, sizeClass);
    }
  }

  @Override
  public void forEachActive(int heap, int sizeClass, IntConsumer visitor) {}

  @Override
  public int activeCount(int heap, int sizeClass) {
    return 0;
  }
}
