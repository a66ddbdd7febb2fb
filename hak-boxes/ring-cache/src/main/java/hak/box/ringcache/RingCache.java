package hak.box.ringcache;

import hak.core.memory.Magazines;
import hak.core.spi.ThreadCache;
import java.util.function.IntConsumer;

/** One array of refs for each heap and size class, used from its end, and nothing else. */
record RingCache(Magazines magazines) implements ThreadCache {
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
  public void forEach(int heap, int sizeClass, IntConsumer visitor) {
    magazines.forEach(heap, sizeClass, visitor);
  }

  @Override
  public int blockCount(int heap, int sizeClass) {
    return magazines.blockCount(heap, sizeClass);
  }
}
