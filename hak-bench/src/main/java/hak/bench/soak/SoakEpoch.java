package hak.bench.soak;

/**
 * What one epoch was like.
 *
 * @param process which of the processes of a soak that was resumed, from 1
 * @param seconds its end, in seconds from the first round of its process
 * @param calls calls of the allocator in it, of all threads
 * @param nanos time of its rounds
 * @param stackBytes resident bytes of the stack at its end, no block alive
 * @param processBytes resident bytes of the process at its end, the Java heap among them
 * @param pageFaults page faults of the threads that replay
 * @param systemCalls system calls of the stack
 */
public record SoakEpoch(
    int process,
    double seconds,
    long calls,
    long nanos,
    long stackBytes,
    long processBytes,
    long pageFaults,
    long systemCalls) {

  /** Calls in a second. */
  public double callsPerSecond() {
    return calls * 1e9 / nanos;
  }

  SoakEpoch ofProcess(int number) {
    return new SoakEpoch(
        number, seconds, calls, nanos, stackBytes, processBytes, pageFaults, systemCalls);
  }
}
