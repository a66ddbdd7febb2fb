package hak.box.smallmidslabs;

import hak.core.memory.StackRoom;
import hak.core.slabs.SlabTier;
import hak.core.spi.SizeTier;
import java.util.function.IntConsumer;

/**
 * A tier behind the caches: on a miss of theirs it serves one block and hands them the next ones,
 * from the slab that has waited longest.
 *
 * @param tier has the slabs
 * @param refillBlocks how many blocks are taken at a time
 */
record SmallMidSlabs(SlabTier tier, int refillBlocks) implements SizeTier {
  @Override
  public int allocate(int heap, int sizeClass) {
    return tier.allocate(heap, sizeClass);
  }

  @Override
  public void release(int heap, int sizeClass, int block) {
    tier.release(heap, sizeClass, block);
  }

  @Override
  public boolean refills() {
    return true;
  }

  @Override
  public int refill(int heap, int sizeClass, BlockSink caches) {
    StackRoom.forCall();
    int first = tier.allocate(heap, sizeClass);
    for (int left = refillBlocks - 1; first != 0 && left > 0; left--) {
      int block = tier.allocate(heap, sizeClass);
      if (block == 0) {
        break;
      }
      if (!caches.accept(heap, sizeClass, block)) {
        tier.release(heap, sizeClass, block);
        break;
      }
    }
    return first;
  }

  @Override
  public boolean drain(int heap) {
    return tier.drain(heap);
  }

  @Override
  public void retire(int heap) {
    tier.retire(heap);
  }

  @Override
  public void forEachActive(int heap, int sizeClass, IntConsumer visitor) {
    tier.forEachActive(heap, sizeClass, visitor);
  }

  @Override
  public int activeCount(int heap, int sizeClass) {
    return tier.activeCount(heap, sizeClass);
  }
}
