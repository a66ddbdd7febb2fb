package hak.box.heapv2;

import hak.core.memory.ClassRange;
import hak.core.memory.Magazine;
import hak.core.memory.Memory;
import hak.core.memory.PerClass;
import hak.core.spi.ThreadCache;
import java.util.function.IntConsumer;

/**
 * A {@link Magazine} for each heap and small size class; a larger class passes by after one
 * compare. Room and refill are constants of the machine code: there is nothing to load but the
 * count.
 *
 * @param room how many blocks of one class there may be
 * @param refill how many blocks it asks for when no cache has one; 0 = it lives on frees alone
 */
record HeapV2(Memory memory, PerClass cells, ClassRange classes, int room, int refill)
    implements ThreadCache {
  @Override
  public int pop(int heap, int sizeClass) {
    return classes.has(sizeClass) ? Magazine.pop(memory, cells.at(heap, sizeClass)) : 0;
  }

  @Override
  public boolean push(int heap, int sizeClass, int block) {
    return classes.has(sizeClass) && Magazine.push(memory, cells.at(heap, sizeClass), room, block);
  }

  @Override
  public boolean refills() {
    return refill > 0;
  }

  @Override
  public int wanted(int heap, int sizeClass) {
    return classes.has(sizeClass) ? refill : 0;
  }

  @Override
  public void forEach(int heap, int sizeClass, IntConsumer visitor) {
    Magazine.forEach(memory, cells.at(heap, sizeClass), visitor);
  }

  @Override
  public int blockCount(int heap, int sizeClass) {
    return Magazine.count(memory, cells.at(heap, sizeClass));
  }
}
