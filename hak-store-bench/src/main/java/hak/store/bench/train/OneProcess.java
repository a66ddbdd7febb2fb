package hak.store.bench.train;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The same training in one process and without a store, for comparison. */
final class OneProcess {
  private final TrainPlan plan;
  private final List<Examples> examples;
  private final List<MemorySegment> parameters;
  private final MemorySegment average;

  private OneProcess(TrainPlan plan, Arena arena) {
    this.plan = plan;
    long sizeBytes = plan.perceptron().sizeBytes();
    examples = forEachWorker(worker -> new Examples(plan, worker));
    parameters = forEachWorker(_ -> arena.allocate(sizeBytes, Float.BYTES));
    average = arena.allocate(sizeBytes, Float.BYTES);
  }

  /** Trains from the start to the end. */
  static TrainResult train(TrainPlan plan) {
    try (Arena arena = Arena.ofShared()) {
      return new OneProcess(plan, arena).train();
    }
  }

  private TrainResult train() {
    List<SyncResult> results = new ArrayList<>();
    plan.perceptron().initialise(average, plan.seed());
    results.add(result(List.of()));
    for (int sync = 1; sync <= plan.syncs(); sync++) {
      int epochs = plan.epochsBefore(sync);
      List<Long> sent = forEachWorker(worker -> train(worker, epochs));
      Parameters.average(parameters, average);
      results.add(result(sent));
    }
    return new TrainResult(results, Parameters.bits(average));
  }

  private long train(int worker, int epochs) {
    MemorySegment own = parameters.get(worker);
    own.copyFrom(average);
    Perceptron perceptron = plan.perceptron();
    for (int epoch = 0; epoch < epochs; epoch++) {
      perceptron.train(own, examples.get(worker));
    }
    return Parameters.digest(own);
  }

  private SyncResult result(List<Long> sent) {
    return new SyncResult(
        sent,
        Collections.nCopies(plan.workers(), Parameters.digest(average)),
        forEachWorker(worker -> plan.perceptron().loss(average, examples.get(worker))));
  }

  /**
   * Workers have nothing in common between two averages, so the order in which they run is free.
   */
  private <T> List<T> forEachWorker(IntFunction<T> action) {
    return IntStream.range(0, plan.workers()).parallel().mapToObj(action).toList();
  }
}
