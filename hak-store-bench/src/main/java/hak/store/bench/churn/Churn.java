package hak.store.bench.churn;

import hak.bench.process.ChildProcess;
import hak.bench.process.JsonLine;
import hak.bench.process.Workers;
import hak.store.ObjectStore;
import hak.store.StoreOptions;
import hak.store.StoreStats;
import hak.store.VerifyReport;
import hak.store.bench.load.ScratchStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Puts episodes into a nearly full store and deletes others, in processes of their own. */
public final class Churn {
  private static final double NANOS = 1e9;

  /** How long a worker may take to delete what it holds. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ChurnRequest request;
  private final ObjectStore store;
  private final StoreStats before;
  private final List<ChurnReport.Moment> moments = new ArrayList<>();
  private Tally tally = Tally.NOTHING;
  private double seconds;
  private VerifyReport verified;

  private Churn(ChurnRequest request, ScratchStore scratch) {
    this.request = request;
    store = scratch.store();
    before = scratch.before();
  }

  /**
   * Runs a request.
   *
   * <p>Whatever happens, the store is left without objects of the load. Nobody else should change
   * it meanwhile, because its used bytes are compared.
   *
   * @throws IllegalArgumentException if the store has no room for the largest episode of each
   *     worker at that fill
   * @throws java.io.UncheckedIOException if a worker ends early; the others are ended
   * @throws hak.store.StoreException if the store cannot be used
   */
  public static ChurnReport run(ChurnRequest request) {
    try (ScratchStore scratch = ScratchStore.open(request.path(), options(request), "churn")) {
      Churn churn = new Churn(request, scratch);
      churn.run(scratch.prefix());
      return churn.report(scratch.store().stats());
    }
  }

  private static StoreOptions options(ChurnRequest request) {
    StoreOptions options = StoreOptions.DEFAULT.withCapacityBytes(request.capacityBytes());
    long most = request.capacityBytes() / request.plan().minBytes() + request.plan().workers();
    long objects = Math.max(options.objectLimit(), most);
    return options.withObjectLimit((int) Math.min(objects, StoreOptions.MAX_OBJECTS));
  }

  private void run(String prefix) {
    long budgetBytes = budgetBytes();
    ChurnPlan plan = request.plan();
    long start = System.nanoTime();
    try (Workers workers =
        new Workers(
            plan.workers(),
            worker ->
                ChurnMain.command(
                    new ChurnOrder(store.path().toString(), prefix, worker, budgetBytes, plan)))) {
      for (int tick = 0; tick < ChurnMain.TICKS; tick++) {
        request.progress().advanced("churn", "put", tick, ChurnMain.TICKS);
        tally = Tally.NOTHING;
        for (ChildProcess worker : workers.all()) {
          tally = tally.plus(JsonLine.parse(worker.receive(), Tally.class));
        }
        moments.add(new ChurnReport.Moment(tally.puts(), store.stats()));
      }
      seconds = (System.nanoTime() - start) / NANOS;
      verified = store.verify();
      finish(workers);
    }
    request.progress().advanced("churn", "done", ChurnMain.TICKS, ChurnMain.TICKS);
  }

  /** What each worker may hold. */
  private long budgetBytes() {
    ChurnPlan plan = request.plan();
    long all = (long) (plan.fill() * before.capacityBytes()) - before.usedBytes();
    long each = all / plan.workers();
    if (each < plan.maxBytes()) {
      throw new IllegalArgumentException(
          String.format(
              "%s has %,d B in use of %,d; at a fill of %s that leaves no room for an episode of"
                  + " %,d B of each of %d workers",
              store.path(),
              before.usedBytes(),
              before.capacityBytes(),
              plan.fill(),
              plan.maxBytes(),
              plan.workers()));
    }
    return each;
  }

  private static void finish(Workers workers) {
    workers.all().forEach(ChildProcess::finishInput);
    try {
      for (ChildProcess worker : workers.all()) {
        worker.awaitEnd(PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while it churned", e);
    }
  }

  private ChurnReport report(StoreStats after) {
    return new ChurnReport(
        request.plan().workers(),
        request.plan().discard().toString(),
        request.plan().episodes(),
        tally.failedPuts(),
        tally.bytes(),
        tally.discarded(),
        tally.checked(),
        tally.wrong(),
        seconds,
        tally.putNanos() / NANOS,
        moments,
        verified.objects(),
        verified.bytes(),
        before,
        after,
        failures(after));
  }

  private List<String> failures(StoreStats after) {
    List<String> failures = new ArrayList<>();
    if (tally.failedPuts() > 0) {
      failures.add(
          String.format(
              "%,d of %,d puts failed, the first with: %s",
              tally.failedPuts(), request.plan().episodes(), tally.failure()));
    }
    if (tally.wrong() > 0) {
      failures.add(
          String.format(
              "%,d of %,d episodes had another checksum or content when they were read back",
              tally.wrong(), tally.checked()));
    }
    if (moments.stream().anyMatch(each -> each.store().committedBytes() > before.capacityBytes())) {
      failures.add("the store grew beyond its capacity");
    }
    verified.findings().forEach(finding -> failures.add("verify: " + finding));
    if (after.usedBytes() != before.usedBytes()) {
      failures.add(
          String.format(
              "the store has %,d B in use and had %,d before",
              after.usedBytes(), before.usedBytes()));
    }
    return failures;
  }
}
