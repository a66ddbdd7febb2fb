package hak.store.bench.speed;

import hak.bench.Ratio;
import java.util.List;

/**
 * What {@link StoreBench} found. Ratios are of medians over the rounds.
 *
 * @param path the store
 * @param jdk version and name of the JVM
 * @param rounds timed rounds of each measurement
 * @param get reading
 * @param writes writing, one for each size
 * @param writers two writers against one, one for each size
 * @param handOver from one process to another
 */
public record StoreBenchReport(
    String path,
    String jdk,
    int rounds,
    Get get,
    List<Write> writes,
    List<Writers> writers,
    HandOver handOver) {
  /** Copies the lists. */
  public StoreBenchReport {
    writes = List.copyOf(writes);
    writers = List.copyOf(writers);
  }

  /**
   * How long something takes, in nanoseconds.
   *
   * @param mean median over the rounds of each round's mean
   * @param p50 median over all rounds
   * @param p99 99th percentile over all rounds
   */
  public record Latency(double mean, double p50, double p99) {}

  /**
   * Reading by ref in random order: get, read 8 bytes, close.
   *
   * @param objects how many there are
   * @param sizeBytes the size of each
   * @param batch gets between two looks at the clock; percentiles are of batches
   * @param store through the store
   * @param floor the same bytes by segments in an array
   * @param byFloor time of the store by that of the floor
   */
  public record Get(
      int objects, long sizeBytes, int batch, Latency store, Latency floor, Ratio byFloor) {}

  /**
   * Writing objects of one size.
   *
   * @param sizeBytes the size of each
   * @param objects how many a round writes before it deletes them
   * @param memcpyNanos time to copy one into a mapping of the same kind
   * @param deleteNanos time to delete one, which the operations do not include
   * @param operations the ways to write
   */
  public record Write(
      long sizeBytes,
      int objects,
      double memcpyNanos,
      double deleteNanos,
      List<Operation> operations) {
    /** Copies the list. */
    public Write {
      operations = List.copyOf(operations);
    }
  }

  /**
   * One way to write an object.
   *
   * @param name which
   * @param nanos time for one object
   * @param ofMemcpy its bandwidth as a fraction of memcpy's
   */
  public record Operation(String name, double nanos, Ratio ofMemcpy) {}

  /**
   * Writers that put an object and delete it, over and over. Rates are operations in a second, of
   * all writers.
   *
   * @param sizeBytes the size of the object
   * @param oneRate of one process with one thread
   * @param processes two processes against one
   * @param threads two threads of one process against one
   * @param memcpyRate copies in a second of one process that does nothing else
   * @param memcpyProcesses two such processes against one: what the machine can give
   */
  public record Writers(
      long sizeBytes,
      double oneRate,
      Scaling processes,
      Scaling threads,
      double memcpyRate,
      Scaling memcpyProcesses) {}

  /**
   * Two against one.
   *
   * @param rate of the two together
   * @param ratio by that of one
   */
  public record Scaling(double rate, Ratio ratio) {}

  /**
   * From just before the seal in one process to the return of a get that waits in another.
   *
   * @param handOvers how many were measured
   * @param store through the store
   * @param pipe a line through a pipe between the same processes
   * @param byPipe time of the store by that of the pipe
   */
  public record HandOver(int handOvers, Latency store, Latency pipe, Ratio byPipe) {}
}
