package hak.bench.latency;

import hak.bench.replay.Replayer;

/** The times of the calls of one thread, in their order, until they are taken. */
final class CallClock {
  private final int[] nanos = new int[Replayer.CHUNK_EVENTS];
  private int count;

  /** A call took so long; at most {@link Replayer#CHUNK_EVENTS} between two {@link #clear}. */
  void add(long time) {
    nanos[count++] = (int) Math.min(time, Integer.MAX_VALUE);
  }

  /** The time of a call since the last {@link #clear}, counted from 0. */
  int nanos(int call) {
    return nanos[call];
  }

  /** Forgets all times. */
  void clear() {
    count = 0;
  }
}
