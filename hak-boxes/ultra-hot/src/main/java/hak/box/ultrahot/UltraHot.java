package hak.box.ultrahot;

import hak.core.memory.ClassRange;
import hak.core.memory.Magazine;
import hak.core.memory.Memory;
import hak.core.memory.PerHeap;
import hak.core.spi.ThreadCache;
import java.util.function.IntConsumer;

/**
 * A {@link Magazine} for each of the few size classes of 16 and 32 bytes; every other class passes
 * by after one compare.
 *
 * <pre>
 *   lines of a heap   | magazine of the first class | of the second | of the third |
 * </pre>
 *
 * <p>Nothing is kept for the classes that it does not serve, and all of it lies together.
 *
 * @param cellUnits units from one magazine to the next
 * @param room how many blocks of one class there may be
 */
record UltraHot(Memory memory, PerHeap cells, ClassRange classes, int cellUnits, int room)
    implements ThreadCache {
  /** The smallest request served, in bytes. */
  static final int SMALLEST_BYTES = 16;

  /** The largest request served, in bytes. */
  static final int LARGEST_BYTES = 32;

  /** Block sizes are multiples of 8: 16, 24, 32. */
  static final int MOST_CLASSES = 3;

  private int cell(int heap, int sizeClass) {
    return cells.at(heap) + (sizeClass - classes.first()) * cellUnits;
  }

  @Override
  public int pop(int heap, int sizeClass) {
    return classes.has(sizeClass) ? Magazine.pop(memory, cell(heap, sizeClass)) : 0;
  }

  @Override
  public boolean push(int heap, int sizeClass, int block) {
    return classes.has(sizeClass) && Magazine.push(memory, cell(heap, sizeClass), room, block);
  }

  @Override
  public void forEach(int heap, int sizeClass, IntConsumer visitor) {
    if (classes.has(sizeClass)) {
      Magazine.forEach(memory, cell(heap, sizeClass), visitor);
    }
  }

  @Override
  public int blockCount(int heap, int sizeClass) {
    return classes.has(sizeClass) ? Magazine.count(memory, cell(heap, sizeClass)) : 0;
  }
}
