package hak.box.ringcache;

import hak.core.memory.Memory;
import hak.core.memory.PerClass;
import hak.core.spi.ThreadCache;
import java.util.function.IntConsumer;

/**
 * One array of refs for each heap and size class, used from its end: the magazine of Bonwick and
 * Adams ("Magazines and Vmem", 2001).
 *
 * <pre>
 *   cell   | count : 32 | room : 32 | ref 0 : 32 | ref 1 : 32 | ... |
 * </pre>
 *
 * <p>Neither pop nor push touches the block, so a block that is cold stays cold until its user
 * wants it.
 *
 * @param rooms how many blocks fit, by size class
 */
@SuppressWarnings("ArrayRecordComponent") // never handed out, never compared
record RingCache(Memory memory, PerClass cells, int[] rooms) implements ThreadCache {
  private static final int COUNT = 0;
  private static final int ROOM = 4;
  private static final int REFS = 8;

  /** Bytes of a cell with room for {@code capacity} refs. */
  static int cellBytes(int capacity) {
    return (REFS + capacity * Integer.BYTES + 7) & -8;
  }

  @Override
  public void open(int heap) {
    for (int sizeClass = 1; sizeClass < rooms.length; sizeClass++) {
      memory.putInt(cells.at(heap, sizeClass), ROOM, rooms[sizeClass]);
    }
  }

  private static long slot(int index) {
    return REFS + (index & 0xFFFFL) * Integer.BYTES;
  }

  @Override
  public int pop(int heap, int sizeClass) {
    int cell = cells.at(heap, sizeClass);
    int count = memory.getInt(cell, COUNT);
    if (count == 0) {
      return 0;
    }
    int block = memory.getInt(cell, slot(count - 1));
    memory.putInt(cell, COUNT, count - 1);
    return block;
  }

  @Override
  public boolean push(int heap, int sizeClass, int block) {
    int cell = cells.at(heap, sizeClass);
    int count = memory.getInt(cell, COUNT);
    if (count == memory.getInt(cell, ROOM)) {
      return false;
    }
    memory.putInt(cell, slot(count), block);
    memory.putInt(cell, COUNT, count + 1);
    return true;
  }

  @Override
  public void forEach(int heap, int sizeClass, IntConsumer visitor) {
    int cell = cells.at(heap, sizeClass);
    for (int i = memory.getInt(cell, COUNT) - 1; i >= 0; i--) {
      visitor.accept(memory.getInt(cell, slot(i)));
    }
  }

  @Override
  public int blockCount(int heap, int sizeClass) {
    return memory.getInt(cells.at(heap, sizeClass), COUNT);
  }
}
