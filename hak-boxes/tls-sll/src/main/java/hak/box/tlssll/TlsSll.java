package hak.box.tlssll;

import hak.core.memory.BlockList;
import hak.core.memory.ListRooms;
import hak.core.memory.Memory;
import hak.core.memory.PerClass;
import hak.core.spi.ThreadCache;
import java.util.function.IntConsumer;

/**
 * One list for each heap and size class, last in first out; when it is empty it takes in a whole
 * list from the tier.
 *
 * <pre>
 *   cell         = the word of a {@link BlockList}: room, count, first block
 *   block[0..7]  = the cell as it was before the block came in
 * </pre>
 *
 * <p>Counting room downwards inside the word keeps the bound free of charge: pop restores the word
 * that the block holds, room included, and push tests the upper end of a word that it has loaded
 * anyway. There is no counter and no capacity to load. Blocks that were adopted take no room, so
 * the bound is on what the thread frees beyond them.
 *
 * <p>Where a learner turns the room, what a heap holds goes on as it is, and the next list that it
 * adopts has the new one: the cell is empty then. So a class that never misses keeps the room it
 * has, and so does one whose tier hands nothing over.
 *
 * @param rooms the room of an empty list in a new heap, by size class
 * @param lists the room of lists that are adopted
 */
@SuppressWarnings("ArrayRecordComponent") // never handed out, never compared
record TlsSll(Memory memory, PerClass cells, int[] rooms, ListRooms lists) implements ThreadCache {
  /** Bytes of a cell. */
  static final int CELL_BYTES = 8;

  @Override
  public void open(int heap) {
    for (int sizeClass = 1; sizeClass < rooms.length; sizeClass++) {
      memory.putLong(cells.at(heap, sizeClass), 0, BlockList.empty(rooms[sizeClass]));
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
    long list = memory.getLong(cell, 0);
    if (!BlockList.hasRoom(list)) {
      return false;
    }
    BlockList.pushIntoRoom(memory, cell, list, block);
    return true;
  }

  @Override
  public boolean adopts() {
    return true;
  }

  @Override
  public ListRooms listRooms() {
    return lists;
  }

  @Override
  public int adopt(int heap, int sizeClass, long list) {
    int cell = cells.at(heap, sizeClass);
    long held = memory.getLong(cell, 0);
    long rest = BlockList.rest(memory, list);
    if (lists.isTurned()) {
      rest = BlockList.withRoom(memory, rest, lists.of(sizeClass));
    }
    memory.putLong(cell, 0, BlockList.pushAll(memory, rest, held));
    return BlockList.first(list);
  }

  @Override
  public void forEach(int heap, int sizeClass, IntConsumer visitor) {
    BlockList.forEach(memory, memory.getLong(cells.at(heap, sizeClass), 0), visitor);
  }

  @Override
  public int blockCount(int heap, int sizeClass) {
    return BlockList.count(memory.getLong(cells.at(heap, sizeClass), 0));
  }
}
