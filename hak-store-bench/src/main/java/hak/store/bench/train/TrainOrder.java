package hak.store.bench.train;

/**
 * What a {@link WorkerMain worker} is to do.
 *
 * @param path the store
 * @param prefix what the names of the training's objects begin with
 * @param worker its number, from 0
 * @param patience how long it waits for the server, as a Duration prints it
 * @param plan of all workers
 */
record TrainOrder(String path, String prefix, int worker, String patience, TrainPlan plan) {}
