package hak.store.peers;

import hak.bench.Ratio;
import java.util.List;

/**
 * What was found.
 *
 * @param jdk version and name of the JVM
 * @param rounds timed rounds of each contestant
 * @param rows by size, operation and contestant
 * @param missing who did not take part
 */
record PeersReport(String jdk, int rounds, List<Row> rows, List<Missing> missing) {
  /**
   * One contestant doing one thing.
   *
   * @param sizeBytes the size of each value
   * @param count values in a round
   * @param operation what it did
   * @param contestant who
   * @param nanos time of one operation, median over the rounds
   * @param hakByIt time of HAK by ref by its own; below 1 HAK is faster
   * @param hakNamesByIt time of HAK by name by its own
   */
  record Row(
      int sizeBytes,
      int count,
      String operation,
      String contestant,
      double nanos,
      Ratio hakByIt,
      Ratio hakNamesByIt) {}

  /**
   * Somebody who did not take part.
   *
   * @param sizeBytes the size of the values
   * @param contestant who
   * @param reason why
   */
  record Missing(int sizeBytes, String contestant, String reason) {}
}
