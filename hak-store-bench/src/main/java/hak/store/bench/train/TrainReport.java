package hak.store.bench.train;

import hak.store.StoreStats;
import java.util.List;

/**
 * What {@link Training} found.
 *
 * @param workers processes that trained
 * @param epochs how often each went through its examples
 * @param parameters parameters of the model
 * @param objectBytes bytes of one object, which holds all parameters
 * @param syncs how often they were exchanged
 * @param objects objects that were written and read: two for each worker and exchange
 * @param bytes bytes of all of them
 * @param losses the mean squared error of the average over the examples of all workers; first
 *     before the first epoch, then after each exchange
 * @param intactObjects objects that had the checksum that they were sealed with where they were
 *     read
 * @param equalObjects objects that held, bit for bit by a digest, what the same training in one
 *     process computed
 * @param equalModel whether the parameters at the end are, bit for bit, those of one process
 * @param usedBytes bytes in use in the store at the last exchange, when all its objects were there
 * @param seconds wall time of the training from the start of the first worker to the end of the
 *     last
 * @param serverWaitSeconds how long the server slept for workers
 * @param workerWaitSeconds how long each worker slept for averages
 * @param before the store before
 * @param after the store after
 * @param failures what was not as it must be, one line each; empty when all was
 */
public record TrainReport(
    int workers,
    int epochs,
    long parameters,
    long objectBytes,
    int syncs,
    int objects,
    long bytes,
    List<Loss> losses,
    int intactObjects,
    int equalObjects,
    boolean equalModel,
    long usedBytes,
    double seconds,
    double serverWaitSeconds,
    List<Double> workerWaitSeconds,
    StoreStats before,
    StoreStats after,
    List<String> failures) {
  /** Copies the lists. */
  public TrainReport {
    losses = List.copyOf(losses);
    workerWaitSeconds = List.copyOf(workerWaitSeconds);
    failures = List.copyOf(failures);
  }

  /** Whether all was as it must be. */
  public boolean passed() {
    return failures.isEmpty();
  }

  /**
   * The loss at one moment.
   *
   * @param epoch epochs that were over
   * @param loss mean squared error
   */
  public record Loss(int epoch, double loss) {}
}
