package hak.store.bench.train;

import java.util.List;

/**
 * What one exchange led to, wherever it was computed; that of number 0 is the state before the
 * first epoch.
 *
 * @param sent digest of the parameters that each worker sent; empty for number 0
 * @param received digest of the average that each worker got; of the first parameters for number 0
 * @param losses sum of the squared errors of the average over the examples of each worker
 */
record SyncResult(List<Long> sent, List<Long> received, List<Double> losses) {
  SyncResult {
    sent = List.copyOf(sent);
    received = List.copyOf(received);
    losses = List.copyOf(losses);
  }

  /** The mean squared error over the examples of all workers. */
  double meanLoss(TrainPlan plan) {
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return sum / ((double) plan.workers() * plan.examples());
  }
}
