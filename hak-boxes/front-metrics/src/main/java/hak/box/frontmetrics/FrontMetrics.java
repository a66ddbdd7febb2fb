package hak.box.frontmetrics;

import hak.core.memory.Memory;
import hak.core.memory.PerClass;
import hak.core.spi.Observer;
import java.util.ArrayList;
import java.util.List;

/**
 * Four counters for each heap, size class and layer. They are written by the thread that holds the
 * heap only, so counting needs no atomic operation.
 *
 * <pre>
 *   cell   | pops : 64 | hits : 64 | pushes : 64 | accepted : 64 |  ... the same for each layer
 * </pre>
 */
record FrontMetrics(Memory memory, PerClass cells, int layers, int lastClass) implements Observer {
  /** Bytes of the counters of one layer. */
  static final int COUNTERS_BYTES = 32;

  private static final int POPS = 0;
  private static final int HITS = 8;
  private static final int PUSHES = 16;
  private static final int ACCEPTED = 24;

  private int cell(int heap, int layer, int sizeClass) {
    return cells.at(heap, sizeClass) + layer * (COUNTERS_BYTES / Memory.UNIT_BYTES);
  }

  @Override
  public void popped(int heap, int layer, int sizeClass, boolean hit) {
    int cell = cell(heap, layer, sizeClass);
    add(cell, POPS, 1);
    add(cell, HITS, hit ? 1 : 0);
  }

  @Override
  public void pushed(int heap, int layer, int sizeClass, boolean accepted) {
    int cell = cell(heap, layer, sizeClass);
    add(cell, PUSHES, 1);
    add(cell, ACCEPTED, accepted ? 1 : 0);
  }

  private void add(int cell, int counter, int amount) {
    memory.putLong(cell, counter, memory.getLong(cell, counter) + amount);
  }

  @Override
  public List<Count> counts(int heap) {
    List<Count> counts = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      for (int sizeClass = 1; sizeClass <= lastClass; sizeClass++) {
        int cell = cell(heap, layer, sizeClass);
        long pops = memory.getLong(cell, POPS);
        long pushes = memory.getLong(cell, PUSHES);
        if (pops != 0 || pushes != 0) {
          counts.add(
              new Count(
                  layer,
                  sizeClass,
                  pops,
                  memory.getLong(cell, HITS),
                  pushes,
                  memory.getLong(cell, ACCEPTED)));
        }
      }
    }
    return counts;
  }
}
