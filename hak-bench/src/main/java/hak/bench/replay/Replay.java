package hak.bench.replay;

/** A replay loop, specialised for one allocator. Keeps no state; several threads may run one. */
public interface Replay {
  /**
   * Replays the events from {@code from} up to but not including {@code to}.
   *
   * @param events events of a {@link hak.bench.trace.Program}
   * @param wide its side table
   * @param blocks the addresses of this thread's blocks by slot
   * @param home see {@link Operations}
   * @return the sum of the addresses freed, so that no load of one can be optimised away
   */
  long replay(long[] events, long[] wide, int from, int to, long[] blocks, long home);

  /** Frees the blocks in {@code slots}; returns the sum of their addresses. */
  long free(int[] slots, long[] blocks);
}
