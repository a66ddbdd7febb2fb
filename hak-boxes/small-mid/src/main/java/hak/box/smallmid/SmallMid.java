package hak.box.smallmid;

import hak.core.memory.ClassRange;
import hak.core.memory.Magazines;
import hak.core.spi.ThreadCache;
import java.util.function.IntConsumer;

/**
 * Magazines for the size classes of 256 bytes to 1 KiB; every other class passes by after one
 * compare. It delegates: blocks come from the layers behind and are theirs.
 */
record SmallMid(Magazines magazines, ClassRange classes) implements ThreadCache {
  /** The smallest block served, in bytes. */
  static final int SMALLEST_BYTES = 256;

  /** The largest block served, in bytes. */
  static final int LARGEST_BYTES = 1 << 10;

  /** Most blocks of any class. */
  static final int MOST_ROOM = 32;

  /** How many blocks of so many bytes a thread keeps. */
  static int room(int blockBytes) {
    if (blockBytes < SMALLEST_BYTES || blockBytes > LARGEST_BYTES) {
      return 0;
    }
    return blockBytes == SMALLEST_BYTES ? MOST_ROOM : blockBytes <= 512 ? 24 : 16;
  }

  @Override
  public void open(int heap) {
    magazines.open(heap);
  }

  @Override
  public int pop(int heap, int sizeClass) {
    return classes.has(sizeClass) ? magazines.pop(heap, sizeClass) : 0;
  }

  @Override
  public boolean push(int heap, int sizeClass, int block) {
    return classes.has(sizeClass) && magazines.push(heap, sizeClass, block);
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
