package hak.box.quickslot;

import hak.core.memory.Magazine;
import hak.core.memory.Memory;
import hak.core.memory.PerClass;
import hak.core.spi.ThreadCache;
import java.util.function.IntConsumer;

/**
 * A {@link Magazine} of a few slots for each heap and size class: with 6 of them the cells of two
 * classes are one cache line. The number is a constant of the machine code.
 */
record QuickSlot(Memory memory, PerClass cells, int slots) implements ThreadCache {
  @Override
  public int pop(int heap, int sizeClass) {
    return Magazine.pop(memory, cells.at(heap, sizeClass));
  }

  @Override
  public boolean push(int heap, int sizeClass, int block) {
    return Magazine.push(memory, cells.at(heap, sizeClass), slots, block);
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
