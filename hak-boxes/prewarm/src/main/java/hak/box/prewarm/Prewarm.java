package hak.box.prewarm;

import hak.core.memory.SizeClasses;
import hak.core.spi.Front;
import hak.core.spi.ThreadCache;
import java.util.function.IntConsumer;

/**
 * Has no block and takes none; fills the other caches when a heap is new. Nothing of it is left in
 * the machine code.
 *
 * @param small how many blocks for requests of 16 and of 32 bytes
 * @param middle how many for requests of 64 and of 128 bytes
 */
record Prewarm(Front front, SizeClasses classes, int small, int middle) implements ThreadCache {
  @Override
  public void opened(int heap) {
    fill(heap, 16, small);
    fill(heap, 32, small);
    fill(heap, 64, middle);
    fill(heap, 128, middle);
  }

  private void fill(int heap, int bytes, int blocks) {
    if (bytes <= classes.largestBytes()) {
      front.fill(heap, classes.of(bytes), blocks);
    }
  }

  @Override
  public int pop(int heap, int sizeClass) {
    return 0;
  }

  @Override
  public boolean push(int heap, int sizeClass, int block) {
    return false;
  }

  @Override
  public void forEach(int heap, int sizeClass, IntConsumer visitor) {}

  @Override
  public int blockCount(int heap, int sizeClass) {
    return 0;
  }
}
