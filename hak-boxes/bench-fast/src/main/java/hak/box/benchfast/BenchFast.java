package hak.box.benchfast;

import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.PerClass;
import hak.core.spi.Front;
import hak.core.spi.ThreadCache;
import java.util.function.IntConsumer;

/**
 * A pool for each heap and size class, filled once when the heap is new, and without a bound: pop
 * and push are a list and nothing else. What it costs to be safe shows by comparing.
 *
 * @param pools how many blocks a new heap gets, by size class
 */
@SuppressWarnings("ArrayRecordComponent") // never handed out, never compared
record BenchFast(Memory memory, PerClass cells, Front front, int[] pools) implements ThreadCache {
  /** Bytes of a cell: a {@link BlockList}. */
  static final int CELL_BYTES = 8;

  @Override
  public void opened(int heap) {
    for (int sizeClass = 1; sizeClass < pools.length; sizeClass++) {
      front.fill(heap, sizeClass, pools[sizeClass]);
    }
  }

  @Override
  public int pop(int heap, int sizeClass) {
    int cell = cells.at(heap, sizeClass);
    int block = BlockList.first(memory.getLong(cell, 0));
    if (block != 0) {
      memory.putLong(cell, 0, memory.getLong(block, 0));
    }
    return block;
  }

  @Override
  public boolean push(int heap, int sizeClass, int block) {
    int cell = cells.at(heap, sizeClass);
    BlockList.push(memory, cell, 0, memory.getLong(cell, 0), block);
    return true;
  }

  @Override
  public void forEach(int heap, int sizeClass, IntConsumer visitor) {
    BlockList.forEach(memory, memory.getLong(cells.at(heap, sizeClass), 0), visitor);
  }

  @Override
  public int blockCount(int heap, int sizeClass) {
    return BlockList.wideCount(memory.getLong(cells.at(heap, sizeClass), 0));
  }
}
