package hak.store.bench.train;

import hak.bench.process.ChildProcess;
import hak.bench.process.Workers;
import hak.store.ObjectStore;
import hak.store.StoreOptions;
import hak.store.StoreStats;
import hak.store.bench.load.ScratchStore;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Trains a model in several processes that exchange its parameters through a store, then in this
 * process alone, and compares the two.
 */
public final class Training {
  private static final double NANOS = 1e9;
  private static final int PAGE = 4096;

  private Training() {}

  /**
   * Runs a request. This process is the parameter server.
   *
   * <p>Whatever happens, the store is left without objects of the training. Nobody else should
   * change it meanwhile, because its used bytes are compared.
   *
   * @throws java.io.UncheckedIOException if a worker ends early; the others are ended
   * @throws hak.store.StoreException if the store cannot be used, or a worker keeps the server
   *     waiting for longer than the request's patience
   */
  public static TrainReport run(TrainRequest request) {
    TrainPlan plan = request.plan();
    try (ScratchStore scratch = ScratchStore.open(request.path(), options(plan), "train")) {
      long start = System.nanoTime();
      Exchange exchange = exchange(request, scratch);
      double seconds = (System.nanoTime() - start) / NANOS;
      StoreStats after = scratch.store().stats();
      TrainResult expected = OneProcess.train(plan);
      Comparison comparison = new Comparison(plan, exchange, expected, scratch.before(), after);
      return report(plan, exchange, comparison, seconds, scratch.before(), after);
    }
  }

  /** A store with room for the objects of one exchange. */
  private static StoreOptions options(TrainPlan plan) {
    long objects = (long) plan.workers() * ObjectNames.PER_WORKER;
    long objectBytes = Math.ceilDiv(plan.perceptron().sizeBytes(), PAGE) * PAGE;
    return StoreOptions.DEFAULT
        .withCapacityBytes(objects * objectBytes)
        .withGrowthBytes(objectBytes);
  }

  private static Exchange exchange(TrainRequest request, ScratchStore scratch) {
    ObjectStore store = scratch.store();
    ObjectNames names = new ObjectNames(scratch.prefix());
    TrainPlan plan = request.plan();
    try (Workers workers =
            new Workers(
                plan.workers(),
                worker ->
                    WorkerMain.command(
                        new TrainOrder(
                            store.path().toString(),
                            names.prefix(),
                            worker,
                            request.patience().toString(),
                            plan)));
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      ParameterServer server =
          new ParameterServer(plan, store, names, workers, request.patience(), request.progress());
      Future<Exchange> served = thread.submit(server::serve);
      for (ChildProcess worker : workers.all()) {
        worker.onFailure(() -> served.cancel(/* mayInterruptIfRunning= */ true));
      }
      return result(served, workers);
    }
  }

  /** Waits for the server; a worker that was lost is the better explanation of what it throws. */
  private static Exchange result(Future<Exchange> served, Workers workers) {
    try {
      return served.get();
    } catch (CancellationException | ExecutionException e) {
      if (workers.lost().isPresent()) {
        throw workers.lost().get().ended(new EOFException());
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      served.cancel(/* mayInterruptIfRunning= */ true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while it trained", e);
    }
  }

  private static TrainReport report(
      TrainPlan plan,
      Exchange exchange,
      Comparison comparison,
      double seconds,
      StoreStats before,
      StoreStats after) {
    long objectBytes = plan.perceptron().sizeBytes();
    int objects = plan.syncs() * plan.workers() * ObjectNames.PER_WORKER;
    List<TrainReport.Loss> losses = new ArrayList<>();
    for (int sync = 0; sync <= plan.syncs(); sync++) {
      double loss = exchange.result().syncs().get(sync).meanLoss(plan);
      losses.add(new TrainReport.Loss(plan.epochsAt(sync), loss));
    }
    return new TrainReport(
        plan.workers(),
        plan.epochs(),
        plan.perceptron().parameters(),
        objectBytes,
        plan.syncs(),
        objects,
        objects * objectBytes,
        losses,
        exchange.intactObjects(),
        comparison.equalObjects(),
        comparison.equalModel(),
        exchange.usedBytes().getLast(),
        seconds,
        exchange.serverWaitNanos() / NANOS,
        exchange.workerWaitNanos().stream().map(nanos -> nanos / NANOS).toList(),
        before,
        after,
        comparison.failures());
  }
}
