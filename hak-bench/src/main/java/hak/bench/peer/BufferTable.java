package hak.bench.peer;

import java.util.Arrays;

/**
 * Finds the object of a block by a number. Each thread puts into places of its own, so that no two
 * put into the same; who takes may be any thread, and leaves the place empty, which its owner
 * notices when it comes by.
 */
final class BufferTable {
  private static final int PLACE_BITS = 12;
  private static final int PLACES = 1 << PLACE_BITS;
  private static final int LANE_SHIFT = 40;

  /** So many places are looked at in one part of the table before the next. */
  private static final int MOST_LOOKS = 16;

  private final Lane[] lanes;

  /** For so many threads. */
  BufferTable(int threads) {
    lanes = new Lane[threads];
    Arrays.setAll(lanes, _ -> new Lane());
  }

  /** The places of one thread, in parts, so that none moves when more are needed. */
  private static final class Lane {
    /** Replaced as a whole when a part is added. */
    volatile Object[][] parts = {new Object[PLACES]};

    int part;
    int next;
    int fullParts;

    long put(Object block) {
      while (true) {
        Object[] places = parts[part];
        for (int look = 0; look < MOST_LOOKS; look++) {
          int place = next;
          next = (next + 1) & (PLACES - 1);
          if (places[place] == null) {
            places[place] = block;
            fullParts = 0;
            return ((long) part << PLACE_BITS) + place;
          }
        }
        nextPart();
      }
    }

    private void nextPart() {
      if (++fullParts == parts.length) {
        Object[][] more = Arrays.copyOf(parts, 2 * parts.length);
        Arrays.setAll(more, i -> i < parts.length ? parts[i] : new Object[PLACES]);
        part = parts.length - 1;
        parts = more;
        fullParts = 0;
      }
      part = (part + 1) % parts.length;
    }
  }

  /**
   * Keeps an object.
   *
   * @param thread who asks, from 0 on; it alone asks under this number
   * @return where {@link #take} finds it
   */
  long put(int thread, Object block) {
    return ((long) thread << LANE_SHIFT) + lanes[thread].put(block);
  }

  /** What is kept under a number. */
  Object get(long number) {
    return places(number)[place(number)];
  }

  /** Keeps another object under a number. */
  void set(long number, Object block) {
    places(number)[place(number)] = block;
  }

  /** Takes out what is kept under a number. */
  Object take(long number) {
    Object[] places = places(number);
    int place = place(number);
    Object block = places[place];
    places[place] = null;
    return block;
  }

  private Object[] places(long number) {
    int part = (int) (number >>> PLACE_BITS) & (1 << (Integer.SIZE - PLACE_BITS)) - 1;
    return lanes[(int) (number >>> LANE_SHIFT)].parts[part];
  }

  private static int place(long number) {
    return (int) number & PLACES - 1;
  }
}
