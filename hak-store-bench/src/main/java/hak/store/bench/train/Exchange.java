package hak.store.bench.train;

import java.util.List;

/**
 * What the parameter server saw.
 *
 * @param result of the training
 * @param intactObjects objects that had the checksum that they were sealed with, where they were
 *     read
 * @param serverWaitNanos how long the server slept for workers
 * @param workerWaitNanos how long each worker slept for averages
 * @param usedBytes bytes in use in the store at each exchange, when all its objects are there
 * @param committedBytes bytes that the store's file had for data then
 */
record Exchange(
    TrainResult result,
    int intactObjects,
    long serverWaitNanos,
    List<Long> workerWaitNanos,
    List<Long> usedBytes,
    List<Long> committedBytes) {
  Exchange {
    workerWaitNanos = List.copyOf(workerWaitNanos);
    usedBytes = List.copyOf(usedBytes);
    committedBytes = List.copyOf(committedBytes);
  }
}
