package hak.box.cacheshadow;

import hak.core.memory.Memory;
import hak.core.memory.PerClass;
import hak.core.memory.PerHeap;
import hak.core.spi.Observer;
import java.util.ArrayList;
import java.util.List;

/**
 * Bursts of calls of each heap, looked at by caches that hold no block; between two of them a call
 * counts down, and nothing else.
 *
 * <pre>
 *   popped, pushed             counts down; negative in a burst      hot
 *     allocated, freed         the caches of all capacities          cold
 *       endCall                after the last call of a burst draws when the next one begins
 *
 *   heap    | countdown : 32 | burst : 32 | random : 32 | - : 32 | allocations : 64 | frees : 64 |
 *           by capacity:
 *           | hits at least : 64 | at most : 64 | taken at least : 64 | at most : 64 | ...
 *   class   | burst : 32 | - : 32 | least : 16 | most : 16 | ... by capacity
 *
 *   0 &lt;= least &lt;= what such a cache would hold &lt;= most &lt;= room        in a burst
 * </pre>
 *
 * <p><b>What a cache held when a burst begins is not known</b>, so it is followed from both ends:
 * from empty and from full. A call keeps the order of the two, and they are one from the time on
 * when either met its bound, after which all is exact (the coupling of Propp and Wilson, "Exact
 * sampling with coupled Markov chains", 1996). What differs before is told as a range, so a long
 * list and a short burst give a wide one instead of a wrong figure. The first burst of a heap
 * begins with its first call, when caches are empty, and is exact.
 *
 * <p><b>Why bursts, not every nth call</b>: what a cache holds follows from all calls before. The
 * distance between two is drawn, evenly from half to one and a half of what is set, so that no
 * period of the program is always met at the same place.
 *
 * <p>As in hak.learn's exact form, blocks are only counted, and what a cache adopts of a tier's
 * lists, or is given in batches, is not. All is written by the thread that holds the heap only.
 *
 * @param caches how many of the layers are caches
 * @param capacities in blocks, ascending
 * @param rooms most blocks held, by class and capacity
 * @param burst calls of a burst
 * @param interval calls from one to the next, on average
 */
@SuppressWarnings("ArrayRecordComponent") // never handed out, never compared
record SampledShadow(
    Memory memory,
    PerHeap sums,
    PerClass cells,
    int caches,
    int[] capacities,
    int[] rooms,
    int burst,
    int interval)
    implements Observer {
  private static final int COUNTDOWN = 0;
  private static final int BURST = 4;
  private static final int RANDOM = 8;
  private static final int ALLOCATIONS = 16;
  private static final int FREES = 24;
  private static final int BY_CAPACITY = 32;
  private static final int HITS_LEAST = 0;
  private static final int HITS_MOST = 8;
  private static final int TAKEN_LEAST = 16;
  private static final int TAKEN_MOST = 24;
  private static final int CAPACITY_BYTES = 32;

  private static final int BURST_OF_CLASS = 0;
  private static final int HELD = 8;
  private static final int HELD_BYTES = 4;
  private static final int MOST_SHIFT = 16;
  private static final int MASK = 0xFFFF;

  /** Bytes of what is kept once in a heap. */
  static int sumsBytes(int capacities) {
    return BY_CAPACITY + capacities * CAPACITY_BYTES;
  }

  /** Bytes of what is kept for each class. */
  static int cellBytes(int capacities) {
    return HELD + (capacities + 1) / 2 * 2 * HELD_BYTES;
  }

  @Override
  public void popped(int heap, int layer, int sizeClass, boolean hit) {
    if (isFirst(layer) && isInBurst(heap)) {
      allocated(heap, sizeClass);
    }
  }

  @Override
  public void pushed(int heap, int layer, int sizeClass, boolean accepted) {
    if (isFirst(layer) && isInBurst(heap)) {
      freed(heap, sizeClass);
    }
  }

  /** Whether every call asks it first: the first cache, or without caches the tier of the class. */
  private boolean isFirst(int layer) {
    return layer == 0 || caches == 0;
  }

  private boolean isInBurst(int heap) {
    return countDown(sums.at(heap)) < 0;
  }

  private int countDown(int sum) {
    int left = memory.getInt(sum, COUNTDOWN) - 1;
    memory.putInt(sum, COUNTDOWN, left);
    return left;
  }

  private void allocated(int heap, int sizeClass) {
    int sum = sums.at(heap);
    int cell = cellInBurst(sum, heap, sizeClass);
    add(sum, ALLOCATIONS);
    for (int k = 0; k < capacities.length; k++) {
      int held = held(cell, k);
      int least = held & MASK;
      int most = held >>> MOST_SHIFT;
      if (most > 0) {
        add(sum, byCapacity(k) + HITS_MOST);
        if (least > 0) {
          add(sum, byCapacity(k) + HITS_LEAST);
          least--;
        }
        hold(cell, k, least, most - 1);
      }
    }
    endCall(sum, heap);
  }

  private void freed(int heap, int sizeClass) {
    int sum = sums.at(heap);
    int cell = cellInBurst(sum, heap, sizeClass);
    add(sum, FREES);
    for (int k = 0; k < capacities.length; k++) {
      int room = rooms[sizeClass * capacities.length + k];
      int held = held(cell, k);
      int least = held & MASK;
      int most = held >>> MOST_SHIFT;
      if (least < room) {
        add(sum, byCapacity(k) + TAKEN_MOST);
        if (most < room) {
          add(sum, byCapacity(k) + TAKEN_LEAST);
          most++;
        }
        hold(cell, k, least + 1, most);
      }
    }
    endCall(sum, heap);
  }

  /** The cell of a class, from which nothing of an earlier burst is left. */
  private int cellInBurst(int sum, int heap, int sizeClass) {
    int cell = cells.at(heap, sizeClass);
    int now = memory.getInt(sum, BURST);
    if (memory.getInt(cell, BURST_OF_CLASS) != now) {
      for (int k = 0; k < capacities.length; k++) {
        hold(cell, k, 0, rooms[sizeClass * capacities.length + k]);
      }
      memory.putInt(cell, BURST_OF_CLASS, now);
    }
    return cell;
  }

  private int held(int cell, int k) {
    return memory.getInt(cell, HELD + (long) k * HELD_BYTES);
  }

  private void hold(int cell, int k, int least, int most) {
    memory.putInt(cell, HELD + (long) k * HELD_BYTES, most << MOST_SHIFT | least);
  }

  private static int byCapacity(int k) {
    return BY_CAPACITY + k * CAPACITY_BYTES;
  }

  private void add(int sum, long counter) {
    memory.putLong(sum, counter, memory.getLong(sum, counter) + 1);
  }

  private void endCall(int sum, int heap) {
    if (memory.getInt(sum, COUNTDOWN) <= -burst) {
      int drawn = memory.getInt(sum, RANDOM);
      drawn = drawn == 0 ? heap : drawn;
      drawn ^= drawn << 13; // Marsaglia's xorshift: never 0 after another number
      drawn ^= drawn >>> 17;
      drawn ^= drawn << 5;
      memory.putInt(sum, RANDOM, drawn);
      memory.putInt(sum, BURST, memory.getInt(sum, BURST) + 1);
      int more = (int) (((drawn & 0xFFFF_FFFFL) * interval) >>> Integer.SIZE);
      memory.putInt(sum, COUNTDOWN, interval / 2 + more);
    }
  }

  /** It counts no layers. */
  @Override
  public List<Count> counts(int heap) {
    return List.of();
  }

  @Override
  public List<Shadow> shadows(int heap) {
    int sum = sums.at(heap);
    List<Shadow> shadows = new ArrayList<>();
    for (int k = 0; k < capacities.length; k++) {
      shadows.add(
          new Shadow(
              capacities[k],
              memory.getLong(sum, ALLOCATIONS),
              memory.getLong(sum, FREES),
              memory.getLong(sum, byCapacity(k) + HITS_LEAST),
              memory.getLong(sum, byCapacity(k) + HITS_MOST),
              memory.getLong(sum, byCapacity(k) + TAKEN_LEAST),
              memory.getLong(sum, byCapacity(k) + TAKEN_MOST)));
    }
    return shadows;
  }
}
