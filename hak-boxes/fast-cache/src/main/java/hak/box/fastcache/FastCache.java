package hak.box.fastcache;

import hak.core.memory.Magazines;
import hak.core.spi.ThreadCache;
import java.util.function.IntConsumer;

/**
 * A magazine for each heap and size class that is filled anew from the tier when it is empty, up to
 * half: the other half is for frees.
 *
 * @param refill how many blocks it asks for at most; 0 = it lives on frees alone
 */
record FastCache(Magazines magazines, int refill) implements ThreadCache {
  @Override
  public void open(int heap) {
    magazines.open(heap);
  }

  @Override
  public int pop(int heap, int sizeClass) {
    return magazines.pop(heap, sizeClass);
  }

  @Override
  public boolean push(int heap, int sizeClass, int block) {
    return magazines.push(heap, sizeClass, block);
  }

  @Override
  public boolean refills() {
    return refill > 0;
  }

  @Override
  public int wanted(int heap, int sizeClass) {
    return Math.min(refill, magazines.room(sizeClass) / 2);
  }

  @Override
  public void forEach(int heap, int sizeClass, IntConsumer visitor) {
    magazines.forEach(heap, sizeClass, visitor);
  }

  @Override
  public int blockCount(int heap, int sizeClass) {
    return magazines.blockCount(heap, sizeClass);
  }
}
