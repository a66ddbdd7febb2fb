package hak.box.tracering;

import hak.core.memory.Memory;
import hak.core.memory.PerHeap;
import hak.core.spi.Observer;
import java.util.ArrayList;
import java.util.List;

/**
 * A ring of events in each heap. It is written by the thread that holds the heap only.
 *
 * <pre>
 *   cell    | events so far : 32 | - : 32 | event 0 : 64 | event 1 : 64 | ... |
 *   event   = | number : 32 | - : 8 | layer : 8 | size class : 8 | success : 1 | push : 1 |
 * </pre>
 *
 * <p>The event comes before the count: who is stopped between the two has one event less.
 *
 * @param mask how many events there are room for, a power of two, less one
 */
record TraceRing(Memory memory, PerHeap ring, int mask) implements Observer {
  private static final int EVENTS = 8;
  private static final int EVENT_BYTES = 8;
  private static final int PUSH = 1;
  private static final int SUCCESS = 2;
  private static final int CLASS_SHIFT = 8;
  private static final int LAYER_SHIFT = 16;
  private static final int NUMBER_SHIFT = 32;

  /** Bytes of a ring of so many events. */
  static int bytes(int events) {
    return EVENTS + events * EVENT_BYTES;
  }

  @Override
  public void popped(int heap, int layer, int sizeClass, boolean hit) {
    append(ring.at(heap), event(layer, sizeClass, hit ? SUCCESS : 0));
  }

  @Override
  public void pushed(int heap, int layer, int sizeClass, boolean accepted) {
    append(ring.at(heap), event(layer, sizeClass, accepted ? SUCCESS | PUSH : PUSH));
  }

  private static int event(int layer, int sizeClass, int flags) {
    return layer << LAYER_SHIFT | sizeClass << CLASS_SHIFT | flags;
  }

  private void append(int cell, int event) {
    write(cell, memory.getInt(cell, 0), event);
  }

  private void write(int cell, int number, int event) {
    memory.putLong(cell, place(number), (long) number << NUMBER_SHIFT | event);
    memory.putInt(cell, 0, number + 1);
  }

  private long place(int number) {
    return EVENTS + (long) (number & mask) * EVENT_BYTES;
  }

  /** It does not count. */
  @Override
  public List<Count> counts(int heap) {
    return List.of();
  }

  @Override
  public List<Event> recent(int heap) {
    int cell = ring.at(heap);
    int end = memory.getInt(cell, 0);
    List<Event> events = new ArrayList<>();
    for (int number = end - (mask + 1); number != end; number++) {
      long event = memory.getLong(cell, place(number));
      // What was never written is zero, as is event 0 but for its layer and class: class 0 is none.
      if ((int) (event >>> NUMBER_SHIFT) == number && (event >>> CLASS_SHIFT & 0xFF) != 0) {
        events.add(
            new Event(
                Integer.toUnsignedLong(number),
                (int) (event >>> LAYER_SHIFT & 0xFF),
                (int) (event >>> CLASS_SHIFT & 0xFF),
                (event & PUSH) != 0,
                (event & SUCCESS) != 0));
      }
    }
    return events;
  }
}
