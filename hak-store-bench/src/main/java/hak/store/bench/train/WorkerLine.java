package hak.store.bench.train;

/**
 * What a worker tells the server about the average that it got.
 *
 * @param sync number of the exchange
 * @param digest of the parameters
 * @param loss sum of their squared errors over the worker's examples
 * @param intact whether they had the checksum that they were sealed with
 * @param waitNanos how long the worker slept until it got them
 */
record WorkerLine(int sync, long digest, double loss, boolean intact, long waitNanos) {}
