package hak.bench;

/**
 * Told how far a measurement is. Called by the thread that measures, between rounds and never
 * inside a timed one.
 */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (_, _, _, _) -> {};

  /**
   * A step has begun or, when {@code done} equals {@code total}, the last one has ended.
   *
   * @param workload what is being measured
   * @param phase the kind of the step, e.g. {@code "timed"}
   * @param done steps done
   * @param total steps of the whole request
   */
  void advanced(String workload, String phase, long done, long total);
}
