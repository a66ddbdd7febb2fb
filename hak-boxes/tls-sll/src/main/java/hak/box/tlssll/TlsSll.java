package hak.box.tlssll;

import hak.core.memory.Memory;
import hak.core.memory.PerClass;
import hak.core.spi.ThreadCache;
import java.util.function.IntConsumer;

/**
 * One list for each heap and size class, last in first out.
 *
 * <pre>
 *   cell         | room : 32 | first block : 32 |     room = how many more blocks may come in
 *   block[0..7]  = the cell as it was before the block came in
 * </pre>
 *
 * <p>Counting room downwards inside the word keeps the bound free of charge: pop restores the word
 * that the block holds, room included, and push tests the upper half of a word that it has loaded
 * anyway. There is no counter and no capacity to load.
 *
 * @param rooms the room of an empty list, by size class
 */
@SuppressWarnings("ArrayRecordComponent") // never handed out, never compared
record TlsSll(Memory memory, PerClass cells, int[] rooms) implements ThreadCache {
  /** Bytes of a cell. */
  static final int CELL_BYTES = 8;

  @Override
  public void open(int heap) {
    for (int sizeClass = 1; sizeClass < rooms.length; sizeClass++) {
      memory.putLong(cells.at(heap, sizeClass), 0, (long) rooms[sizeClass] << 32);
    }
  }

  @Override
  public int pop(int heap, int sizeClass) {
    int cell = cells.at(heap, sizeClass);
    int block = (int) memory.getLong(cell, 0);
    if (block != 0) {
      memory.putLong(cell, 0, memory.getLong(block, 0));
    }
    return block;
  }

  @Override
  public boolean push(int heap, int sizeClass, int block) {
    int cell = cells.at(heap, sizeClass);
    long list = memory.getLong(cell, 0);
    long room = list >>> 32;
    if (room == 0) {
      return false;
    }
    memory.putLong(block, 0, list);
    memory.putLong(cell, 0, ((room - 1) << 32) | (block & 0xFFFF_FFFFL));
    return true;
  }

  @Override
  public void forEach(int heap, int sizeClass, IntConsumer visitor) {
    long list = memory.getLong(cells.at(heap, sizeClass), 0);
    while ((int) list != 0) {
      visitor.accept((int) list);
      list = memory.getLong((int) list, 0);
    }
  }

  @Override
  public int blockCount(int heap, int sizeClass) {
    return rooms[sizeClass] - (int) (memory.getLong(cells.at(heap, sizeClass), 0) >>> 32);
  }
}
