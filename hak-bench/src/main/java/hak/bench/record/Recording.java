package hak.bench.record;

/**
 * What became of a program that was recorded.
 *
 * @param exitCode its exit code; 128 and the number of the signal when one ended it
 * @param events calls in the trace
 * @param blocks blocks in the trace
 * @param threads threads that made them
 * @param leftOut what is not in it as it was
 * @param endedBy why the recording ended before the program did; empty when it did not
 */
public record Recording(
    int exitCode, long events, long blocks, long threads, LeftOut leftOut, String endedBy) {}
