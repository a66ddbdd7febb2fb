package hak.bench.live;

import java.util.List;

/**
 * What a stack was like at one time.
 *
 * @param seconds since the begin of the run
 * @param generation how many decisions came before
 * @param windows how many windows the learners have had, all together
 * @param windowNanos how long these took
 * @param residentBytes bytes of the stack that have memory behind them
 * @param callsPerSecond since the sample before, about
 * @param values what is in force of each key that a learner turns, in the order of the report's
 *     settings
 */
public record LiveSample(
    double seconds,
    long generation,
    long windows,
    long windowNanos,
    long residentBytes,
    long callsPerSecond,
    List<Long> values) {
  /** Copies the list. */
  public LiveSample {
    values = List.copyOf(values);
  }
}
