package hak.store.bench.train;

import hak.bench.process.JavaCommand;
import hak.bench.process.JsonLine;
import hak.bench.process.Parent;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreOptions;
import hak.store.WritableObject;
import hak.store.bench.load.ScratchStore;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The JVM of one worker.
 *
 * <pre>
 *   WorkerMain {@link TrainOrder ORDER}
 *
 *   create "sent"  ->  train in it for some epochs  ->  seal
 *        ^                                               |  the server averages
 *        +--  copy  <--  check, take the loss  <--  get "average"
 * </pre>
 *
 * The parameters are trained where the server reads them, and the average is read where the server
 * wrote it; the one copy is from the average to the next object to train in. It prints a {@link
 * WorkerLine} for each average, and one for the parameters it starts from.
 */
final class WorkerMain {
  private static final int HEAP_MEBIBYTES = 256;

  private final ObjectStore store;
  private final ObjectNames names;
  private final int worker;
  private final Duration patience;
  private final TrainPlan plan;
  private final Perceptron perceptron;
  private final Examples examples;
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private WorkerMain(ObjectStore store, TrainOrder order) {
    this.store = store;
    names = new ObjectNames(order.prefix());
    worker = order.worker();
    patience = Duration.parse(order.patience());
    plan = order.plan();
    perceptron = plan.perceptron();
    examples = new Examples(plan, worker);
  }

  /** The command line that starts one. */
  static List<String> command(TrainOrder order) {
    return JavaCommand.of(
        WorkerMain.class, HEAP_MEBIBYTES, List.of(), "hak.core", List.of(JsonLine.of(order)));
  }

  /** Trains to the end of the plan, or until the parent is gone. */
  public static void main(String[] arguments) {
    Parent.whenDone(Thread.currentThread()::interrupt);
    TrainOrder order = JsonLine.parse(arguments[0], TrainOrder.class);
    StoreOptions options = StoreOptions.DEFAULT.withCreate(false);
    try (ObjectStore store = ObjectStore.open(Path.of(order.path()), options)) {
      try {
        new WorkerMain(store, order).train();
      } catch (InterruptedException e) {
        ScratchStore.deleteAll(store, order.prefix());
        System.exit(1);
      }
    }
  }

  private void train() throws InterruptedException {
    WritableObject own = null;
    try {
      own = create(1);
      perceptron.initialise(own.segment(), plan.seed());
      tell(0, own.segment(), true, 0);
      for (int sync = 1; sync <= plan.syncs(); sync++) {
        for (int epoch = 0; epoch < plan.epochsBefore(sync); epoch++) {
          perceptron.train(own.segment(), examples);
        }
        own.seal();
        own = receive(sync);
      }
    } finally {
      if (own != null) {
        own.close();
      }
    }
  }

  private WritableObject create(int sync) {
    return store.create(names.sent(sync, worker), perceptron.sizeBytes());
  }

  /** Takes the average over into the next object to train in; null after the last one. */
  private WritableObject receive(int sync) throws InterruptedException {
    long start = System.nanoTime();
    try (ObjectView average = store.get(names.average(sync, worker), patience)) {
      long waitNanos = System.nanoTime() - start;
      tell(sync, average.segment(), average.isIntact(), waitNanos);
      store.delete(average.ref());
      if (sync == plan.syncs()) {
        return null;
      }
      WritableObject next = create(sync + 1);
      next.segment().copyFrom(average.segment());
      return next;
    }
  }

  private void tell(int sync, MemorySegment parameters, boolean intact, long waitNanos) {
    long digest = Parameters.digest(parameters);
    double loss = perceptron.loss(parameters, examples);
    out.println(JsonLine.of(new WorkerLine(sync, digest, loss, intact, waitNanos)));
  }
}
