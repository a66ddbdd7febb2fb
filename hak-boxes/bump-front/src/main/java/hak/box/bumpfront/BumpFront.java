package hak.box.bumpfront;

import hak.core.memory.Magazine;
import hak.core.memory.Memory;
import hak.core.memory.PerClass;
import hak.core.memory.SizeClasses;
import hak.core.spi.ThreadCache;
import java.util.function.IntConsumer;

/**
 * For each heap and size class a run of free neighbours, handed out from its start, and a magazine
 * for blocks that do not continue it.
 *
 * <pre>
 *   cell   | next : 32 | end : 32 | units : 32 | most : 32 | Magazine ... |
 *
 *   next   the first free block of the run, end: behind the last; equal when there is none
 *   units  from a block to the next; most: of the run
 * </pre>
 *
 * <p>A fresh slab is carved in address order, so the blocks asked for when nothing is left are a
 * run: it takes a bump of {@code next} to hand one out, and none of them was touched. A block that
 * is freed continues the run if it lies at its end, and starts one if there is none.
 *
 * @param chunks how many blocks a run may have, by size class
 * @param rooms how many blocks the magazine may have, by size class
 */
@SuppressWarnings("ArrayRecordComponent") // never handed out, never compared
record BumpFront(Memory memory, PerClass cells, SizeClasses classes, int[] chunks, int[] rooms)
    implements ThreadCache {
  private static final int NEXT = 0;
  private static final int END = 4;
  private static final int UNITS = 8;
  private static final int MOST = 12;
  private static final int MAGAZINE = 16;

  /** Bytes of a cell with a magazine for {@code capacity} blocks. */
  static int cellBytes(int capacity) {
    return MAGAZINE + Magazine.bytes(capacity);
  }

  @Override
  public void open(int heap) {
    for (int sizeClass = 1; sizeClass <= classes.last(); sizeClass++) {
      int cell = cells.at(heap, sizeClass);
      int units = classes.strideBytes(sizeClass) / Memory.UNIT_BYTES;
      memory.putInt(cell, UNITS, units);
      memory.putInt(cell, MOST, chunks[sizeClass] * units);
      Magazine.room(memory, magazine(cell), rooms[sizeClass]);
    }
  }

  private static int magazine(int cell) {
    return cell + MAGAZINE / Memory.UNIT_BYTES;
  }

  private int units(int cell) {
    return memory.getInt(cell, UNITS);
  }

  private int most(int cell) {
    return memory.getInt(cell, MOST);
  }

  @Override
  public int pop(int heap, int sizeClass) {
    int cell = cells.at(heap, sizeClass);
    int next = memory.getInt(cell, NEXT);
    if (next == memory.getInt(cell, END)) {
      return Magazine.pop(memory, magazine(cell));
    }
    memory.putInt(cell, NEXT, next + units(cell));
    return next;
  }

  @Override
  public boolean push(int heap, int sizeClass, int block) {
    int cell = cells.at(heap, sizeClass);
    int next = memory.getInt(cell, NEXT);
    int end = memory.getInt(cell, END);
    if (next == end) {
      start(cell, block);
      return true;
    }
    return (block == end && grow(cell, next, end)) || keep(cell, block);
  }

  /** Both ends are one store. */
  private void start(int cell, int block) {
    int end = block + units(cell);
    memory.putLong(cell, NEXT, ((long) end << 32) | (block & 0xFFFF_FFFFL));
  }

  private boolean grow(int cell, int next, int end) {
    if (end - next == most(cell)) {
      return false;
    }
    memory.putInt(cell, END, end + units(cell));
    return true;
  }

  private boolean keep(int cell, int block) {
    int magazine = magazine(cell);
    return Magazine.push(memory, magazine, Magazine.room(memory, magazine), block);
  }

  @Override
  public boolean refills() {
    return true;
  }

  @Override
  public int wanted(int heap, int sizeClass) {
    return chunks[sizeClass];
  }

  @Override
  public void forEach(int heap, int sizeClass, IntConsumer visitor) {
    int cell = cells.at(heap, sizeClass);
    int end = memory.getInt(cell, END);
    for (int block = memory.getInt(cell, NEXT); block != end; block += units(cell)) {
      visitor.accept(block);
    }
    Magazine.forEach(memory, magazine(cell), visitor);
  }

  @Override
  public int blockCount(int heap, int sizeClass) {
    int cell = cells.at(heap, sizeClass);
    long run = memory.getLong(cell, NEXT);
    int runUnits = (int) (run >>> 32) - (int) run;
    return runUnits * Memory.UNIT_BYTES / classes.strideBytes(sizeClass)
        + Magazine.count(memory, magazine(cell));
  }
}
