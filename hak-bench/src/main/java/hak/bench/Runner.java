package hak.bench;

/** Replays workloads on one profile and reports. */
public final class Runner {
  private Runner() {}

  /**
   * Runs a request. One request at a time: rounds of two would disturb each other.
   *
   * @throws hak.core.spi.ProfileException if the profile cannot be opened
   * @throws hak.bench.trace.TraceException if a trace cannot be read
   * @throws OutOfMemoryError if a stack has no memory for a workload
   */
  public static RunReport run(RunRequest request) {
    throw new UnsupportedOperationException("sketch: " + request);
  }
}
