package hak.bench.ab;

import hak.core.spi.ThreadCache;
import java.util.function.IntConsumer;

/**
 * Has no block and takes none, and works for it.
 *
 * @param steps how much
 */
record Drag(int steps) implements ThreadCache {
  private static final int ODD = 0x2c1b3c6d;

  /** Each step maps what is not 0 to what is not 0, which the compiler does not know. */
  @Override
  public int pop(int heap, int sizeClass) {
    int x = heap + 1;
    for (int i = 0; i < steps; i++) {
      x = (x ^ x >>> 13) * ODD;
    }
    return x == 0 ? 1 : 0;
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
