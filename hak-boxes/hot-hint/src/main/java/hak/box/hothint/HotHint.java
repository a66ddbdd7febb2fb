package hak.box.hothint;

import hak.core.memory.Memory;
import hak.core.memory.PerClass;
import hak.core.spi.SlabPlacement;

/**
 * Of each heap and size class the superslab of the last slab.
 *
 * <pre>
 *   cell   | the superslab's number + 1 : 32 | - : 32 |     0 = none yet
 * </pre>
 */
record HotHint(Memory memory, PerClass cells) implements SlabPlacement {
  /** Bytes of a cell. */
  static final int CELL_BYTES = 8;

  @Override
  public int next(int heap, int sizeClass, int previous) {
    return previous == NONE ? memory.getInt(cells.at(heap, sizeClass), 0) - 1 : NONE;
  }

  @Override
  public void claimed(int heap, int sizeClass, int superslab, boolean first) {
    memory.putInt(cells.at(heap, sizeClass), 0, superslab + 1);
  }
}
