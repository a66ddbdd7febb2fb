package hak.bench.peer;

/**
 * Who takes part in a {@link Match}: replays on request, in a process of its own. One that takes
 * part with several allocators has them numbered.
 */
public interface Contestant extends AutoCloseable {
  /** Replays until it is in its stride. */
  void warmUp(int target);

  /** One round; its wall time in nanoseconds. */
  long round(int target);

  /** The peak of resident bytes less those before the first event; null if it is unknown. */
  Long peakBytes(int target);

  /** The checksum of the calls of a round: see {@link hak.bench.replay.CallSum}. */
  long callSum();

  /** Ends the process. */
  @Override
  void close();
}
