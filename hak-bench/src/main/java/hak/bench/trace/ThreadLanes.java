package hak.bench.trace;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SequencedMap;

/**
 * The threads of a trace on as few lanes as there are threads alive at once: on a lane they follow
 * each other. A thread lives from its first call to its last; when one begins it gets the lane that
 * has been free longest.
 *
 * @param laneOf by number of the thread; none for a thread that made no call
 * @param count how many lanes there are
 */
record ThreadLanes(Map<Integer, Integer> laneOf, int count) {
  /** Finds the first and the last call of each thread. */
  static final class Reader implements TraceEvents {
    private final SequencedMap<Integer, Life> lives = new LinkedHashMap<>();
    private long event;
    private int thread;
    private Life current;

    /** A thread by its calls. */
    private static final class Life {
      private final long first;
      private long last;

      Life(long first) {
        this.first = first;
      }
    }

    /** A lane that becomes free after an event. */
    private record Lane(int number, long end) implements Comparable<Lane> {
      @Override
      public int compareTo(Lane other) {
        return Long.compare(end, other.end);
      }
    }

    /** The lanes of what was told. */
    ThreadLanes lanes() {
      Map<Integer, Integer> laneOf = new HashMap<>();
      PriorityQueue<Lane> ends = new PriorityQueue<>();
      int count = 0;
      for (Map.Entry<Integer, Life> next : lives.entrySet()) { // in the order of their begin
        Life life = next.getValue();
        boolean isFree = !ends.isEmpty() && ends.element().end() < life.first;
        int lane = isFree ? ends.remove().number() : count++;
        laneOf.put(next.getKey(), lane);
        ends.add(new Lane(lane, life.last));
      }
      return new ThreadLanes(laneOf, count);
    }

    @Override
    public void thread(int number) {
      thread = number;
      current = lives.get(number);
    }

    private int called() {
      if (current == null) {
        current = new Life(event);
        lives.put(thread, current);
      }
      current.last = event++;
      return 0;
    }

    @Override
    public int malloc(long size) {
      return called();
    }

    @Override
    public int calloc(long size) {
      return called();
    }

    @Override
    public int aligned(int log2, long size) {
      return called();
    }

    @Override
    public void free(int block) {
      called();
    }

    @Override
    public int realloc(int block, long size) {
      return called();
    }
  }
}
