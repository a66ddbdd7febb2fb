package hak.box.noop;

import hak.core.spi.ThreadCache;
import java.util.function.IntConsumer;

/** Has no block and takes none. */
record Noop() implements ThreadCache {
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
