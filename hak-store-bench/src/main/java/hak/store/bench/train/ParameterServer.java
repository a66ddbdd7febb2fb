package hak.store.bench.train;

import hak.bench.Progress;
import hak.bench.process.JsonLine;
import hak.bench.process.Workers;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreStats;
import hak.store.WritableObject;
import java.lang.foreign.MemorySegment;
import java.nio.IntBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Averages the parameters that the workers send. It reads them where they were trained and writes
 * the average where the workers read it.
 *
 * <p>At its fullest the store holds the objects of one exchange and no others: a worker deletes its
 * average before it trains on, the server what it was sent before it seals the averages.
 */
final class ParameterServer {
  private final TrainPlan plan;
  private final ObjectStore store;
  private final ObjectNames names;
  private final Workers workers;
  private final Duration patience;
  private final Progress progress;
  private final List<List<Long>> sent = new ArrayList<>();
  private final List<List<WorkerLine>> lines = new ArrayList<>();
  private final List<Long> usedBytes = new ArrayList<>();
  private final List<Long> committedBytes = new ArrayList<>();
  private IntBuffer model;
  private int intactObjects;
  private long waitNanos;

  ParameterServer(
      TrainPlan plan,
      ObjectStore store,
      ObjectNames names,
      Workers workers,
      Duration patience,
      Progress progress) {
    this.plan = plan;
    this.store = store;
    this.names = names;
    this.workers = workers;
    this.patience = patience;
    this.progress = progress;
  }

  /**
   * Serves to the end of the plan.
   *
   * @throws hak.store.StoreTimeoutException when a worker sends nothing in time
   * @throws java.io.UncheckedIOException when a worker has ended early
   */
  Exchange serve() throws InterruptedException {
    sent.add(List.of());
    for (int sync = 1; sync <= plan.syncs(); sync++) {
      progress.advanced("train", "epoch " + plan.epochsAt(sync), sync - 1, plan.syncs());
      exchange(sync);
    }
    for (int worker = 0; worker < plan.workers(); worker++) {
      workers.get(worker).awaitEnd(patience);
    }
    readLines();
    progress.advanced("train", "done", plan.syncs(), plan.syncs());
    return new Exchange(
        new TrainResult(results(), model),
        intactObjects + intactAverages(),
        waitNanos,
        workerWaits(),
        usedBytes,
        committedBytes);
  }

  private void exchange(int sync) throws InterruptedException {
    List<ObjectView> received = new ArrayList<>();
    List<WritableObject> averages = new ArrayList<>();
    try {
      receive(sync, received);
      readLines();
      average(sync, received, averages);
      StoreStats fullest = store.stats();
      usedBytes.add(fullest.usedBytes());
      committedBytes.add(fullest.committedBytes());
      for (ObjectView each : received) {
        store.delete(each.ref());
        each.close();
      }
      averages.forEach(WritableObject::seal);
    } finally {
      received.forEach(ObjectView::close);
      averages.forEach(WritableObject::close);
    }
  }

  private void receive(int sync, List<ObjectView> received) throws InterruptedException {
    List<Long> digests = new ArrayList<>();
    for (int worker = 0; worker < plan.workers(); worker++) {
      long start = System.nanoTime();
      ObjectView parameters = store.get(names.sent(sync, worker), patience);
      waitNanos += System.nanoTime() - start;
      received.add(parameters);
      intactObjects += parameters.isIntact() ? 1 : 0;
      digests.add(Parameters.digest(parameters.segment()));
    }
    sent.add(digests);
  }

  /** The lines about the last average; a worker prints its line before it sends anything else. */
  private void readLines() {
    List<WorkerLine> ofAll = new ArrayList<>();
    for (int worker = 0; worker < plan.workers(); worker++) {
      ofAll.add(JsonLine.parse(workers.get(worker).receive(), WorkerLine.class));
    }
    lines.add(ofAll);
  }

  /** Computes the average in the first object and copies it into the others. */
  private void average(int sync, List<ObjectView> received, List<WritableObject> averages) {
    for (int worker = 0; worker < plan.workers(); worker++) {
      averages.add(store.create(names.average(sync, worker), received.getFirst().sizeBytes()));
    }
    MemorySegment first = averages.getFirst().segment();
    Parameters.average(received.stream().map(ObjectView::segment).toList(), first);
    averages.stream().skip(1).forEach(each -> each.append(first));
    if (sync == plan.syncs()) {
      model = Parameters.bits(first);
    }
  }

  private List<SyncResult> results() {
    List<SyncResult> results = new ArrayList<>();
    for (int sync = 0; sync <= plan.syncs(); sync++) {
      List<WorkerLine> ofAll = lines.get(sync);
      results.add(
          new SyncResult(
              sent.get(sync),
              ofAll.stream().map(WorkerLine::digest).toList(),
              ofAll.stream().map(WorkerLine::loss).toList()));
    }
    return results;
  }

  /** Number 0 is what the workers start from and never was in the store. */
  private int intactAverages() {
    return (int) lines.stream().skip(1).flatMap(List::stream).filter(WorkerLine::intact).count();
  }

  private List<Long> workerWaits() {
    List<Long> waits = new ArrayList<>();
    for (int worker = 0; worker < plan.workers(); worker++) {
      int index = worker;
      waits.add(lines.stream().mapToLong(ofAll -> ofAll.get(index).waitNanos()).sum());
    }
    return waits;
  }
}
