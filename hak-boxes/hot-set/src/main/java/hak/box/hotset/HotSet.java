package hak.box.hotset;

import hak.core.memory.Memory;
import hak.core.memory.PerClass;
import hak.core.spi.SlabPlacement;

/**
 * Of each heap and size class the superslabs of its last slabs, each once.
 *
 * <pre>
 *   cell   | turn : 32 | number of superslab 0 + 1 : 32 | number of superslab 1 + 1 : 32 | ... |
 * </pre>
 *
 * <p>The turn says where the next wish begins, and which superslab goes when another comes in.
 *
 * @param superslabs how many there are of each class
 */
record HotSet(Memory memory, PerClass cells, int superslabs) implements SlabPlacement {
  private static final int NUMBERS = 4;

  /** Bytes of a cell. */
  static int cellBytes(int superslabs) {
    return NUMBERS + superslabs * Integer.BYTES + 7 & -8;
  }

  private int number(int cell, int place) {
    return memory.getInt(cell, NUMBERS + (long) place * Integer.BYTES) - 1;
  }

  private int turn(int cell) {
    return memory.getInt(cell, 0);
  }

  private int after(int place) {
    return place + 1 == superslabs ? 0 : place + 1;
  }

  /** The place of a superslab in the set; -1 when it is not there. */
  private int placeOf(int cell, int superslab) {
    for (int place = 0; place < superslabs; place++) {
      if (number(cell, place) == superslab) {
        return place;
      }
    }
    return -1;
  }

  @Override
  public int next(int heap, int sizeClass, int previous) {
    int cell = cells.at(heap, sizeClass);
    if (previous == NONE) {
      return number(cell, turn(cell));
    }
    int place = after(placeOf(cell, previous));
    return place == turn(cell) ? NONE : number(cell, place);
  }

  @Override
  public void claimed(int heap, int sizeClass, int superslab, boolean first) {
    int cell = cells.at(heap, sizeClass);
    int place = placeOf(cell, superslab);
    if (place < 0) {
      place = turn(cell);
      memory.putInt(cell, NUMBERS + (long) place * Integer.BYTES, superslab + 1);
    }
    memory.putInt(cell, 0, after(place));
  }
}
