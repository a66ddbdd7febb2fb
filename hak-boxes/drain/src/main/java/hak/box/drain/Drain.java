package hak.box.drain;

import hak.core.memory.Memory;
import hak.core.memory.PerClass;
import hak.core.memory.PerHeap;
import hak.core.spi.Front;
import hak.core.spi.ThreadCache;
import java.util.function.IntConsumer;

/**
 * Has no block and takes none; counts those that are offered, and after so many of a class gives
 * half of what the caches hold of it back to the tier: its turn.
 *
 * <pre>
 *   cell   | left : 32 | interval : 32 | last turn : 32 | - : 32 |
 *   line   | turns : 32 |
 *
 *   left        how many more before the next turn of the class
 *   interval    how many there are between two
 *   last turn   its number among all turns of the heap
 * </pre>
 *
 * <p>Which classes are hot shows in who has the turns: a class that has every second one, or more,
 * has them at shorter and shorter intervals, one that has not at longer ones. So the hot path only
 * counts down.
 *
 * @param longest interval between two turns of a class, in blocks
 * @param shortest the same as {@code longest} where it does not adapt
 */
record Drain(
    Memory memory,
    PerClass cells,
    PerHeap lines,
    Front front,
    int lastClass,
    int longest,
    int shortest)
    implements ThreadCache {
  /** Bytes of a cell. */
  static final int CELL_BYTES = 16;

  /** Bytes of what a heap has once. */
  static final int LINE_BYTES = 8;

  private static final int LEFT = 0;
  private static final int INTERVAL = 4;
  private static final int LAST_TURN = 8;

  /** A class that has a turn again after so many is hot. */
  private static final int HOT_TURNS = 2;

  @Override
  public void open(int heap) {
    for (int sizeClass = 1; sizeClass <= lastClass; sizeClass++) {
      setInterval(cells.at(heap, sizeClass), longest);
    }
  }

  private void setInterval(int cell, int blocks) {
    memory.putInt(cell, INTERVAL, blocks);
    memory.putInt(cell, LEFT, blocks);
  }

  @Override
  public int pop(int heap, int sizeClass) {
    return 0;
  }

  @Override
  public boolean push(int heap, int sizeClass, int block) {
    int cell = cells.at(heap, sizeClass);
    int left = memory.getInt(cell, LEFT) - 1;
    if (left == 0) {
      turn(heap, sizeClass, cell);
    } else {
      memory.putInt(cell, LEFT, left);
    }
    return false;
  }

  private void turn(int heap, int sizeClass, int cell) {
    setInterval(cell, nextInterval(heap, cell));
    try {
      front.drain(heap, sizeClass, front.held(heap, sizeClass) / 2);
    } catch (StackOverflowError nothingChanged) {
      return; // without room on the stack the blocks stay until the next turn
    }
  }

  private int nextInterval(int heap, int cell) {
    int line = lines.at(heap);
    int turn = memory.getInt(line, 0) + 1;
    memory.putInt(line, 0, turn);
    boolean hot = turn - memory.getInt(cell, LAST_TURN) <= HOT_TURNS;
    memory.putInt(cell, LAST_TURN, turn);
    int interval = memory.getInt(cell, INTERVAL);
    return hot ? Math.max(interval / 2, shortest) : Math.min(interval * 2, longest);
  }

  @Override
  public void forEach(int heap, int sizeClass, IntConsumer visitor) {}

  @Override
  public int blockCount(int heap, int sizeClass) {
    return 0;
  }
}
