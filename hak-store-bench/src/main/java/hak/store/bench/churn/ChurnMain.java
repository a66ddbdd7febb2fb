package hak.store.bench.churn;

import hak.bench.process.JavaCommand;
import hak.bench.process.JsonLine;
import hak.bench.process.Parent;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreFullException;
import hak.store.StoreOptions;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The JVM of one worker.
 *
 * <pre>
 *   ChurnMain {@link ChurnOrder ORDER}
 *
 *   delete until the next episode is within the budget  ->  put it  ->  read some other back
 * </pre>
 *
 * It prints a {@link Tally} {@value #TICKS} times, evenly over its episodes, and holds the last
 * ones until its parent closes its input or dies; then it deletes them.
 */
final class ChurnMain {
  /** How often a worker tells what it has done. */
  static final int TICKS = 50;

  private static final int HEAP_MEBIBYTES = 256;
  private static final long WORKERS = 0xBF58476D1CE4E5B9L;

  private final ObjectStore store;
  private final String prefix;
  private final int worker;
  private final long budgetBytes;
  private final ChurnPlan plan;
  private final Contents contents;
  private final SplittableRandom random;
  private final List<Episode> held = new ArrayList<>();
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private long heldBytes;
  private Tally tally = Tally.NOTHING;

  /** An episode that is in the store. */
  private record Episode(int number, ObjectRef ref, long sizeBytes) {}

  private ChurnMain(ObjectStore store, ChurnOrder order, Contents contents) {
    this.store = store;
    this.contents = contents;
    prefix = order.prefix();
    worker = order.worker();
    budgetBytes = order.budgetBytes();
    plan = order.plan();
    random = new SplittableRandom(plan.seed() + (worker + 1) * WORKERS);
  }

  /** The command line that starts one. */
  static List<String> command(ChurnOrder order) {
    return JavaCommand.of(
        ChurnMain.class, HEAP_MEBIBYTES, List.of(), "hak.core", List.of(JsonLine.of(order)));
  }

  /** Churns to the end of the plan, or until the parent is gone. */
  public static void main(String[] arguments) throws InterruptedException {
    Thread parent = Parent.whenDone(() -> {});
    ChurnOrder order = JsonLine.parse(arguments[0], ChurnOrder.class);
    StoreOptions options = StoreOptions.DEFAULT.withCreate(false);
    try (Arena arena = Arena.ofConfined();
        ObjectStore store = ObjectStore.open(Path.of(order.path()), options)) {
      ChurnMain churn = new ChurnMain(store, order, new Contents(order.plan(), arena));
      churn.run(parent);
      parent.join();
      churn.held.forEach(episode -> store.delete(episode.ref()));
    }
  }

  private void run(Thread parent) {
    int episodes = plan.episodesOf(worker);
    int ticks = 0;
    for (int episode = 0; episode < episodes && parent.isAlive(); episode++) {
      long sizeBytes = random.nextLong(plan.minBytes(), plan.maxBytes() + 1);
      while (heldBytes + sizeBytes > budgetBytes) {
        discard();
      }
      put(episode, sizeBytes);
      if (!held.isEmpty() && random.nextDouble() < plan.sample()) {
        check(held.get(random.nextInt(held.size())));
      }
      for (; (ticks + 1L) * episodes <= (episode + 1L) * TICKS; ticks++) {
        out.println(JsonLine.of(tally));
      }
    }
  }

  private void discard() {
    Episode victim = held.remove(plan.discard().choose(held.size(), random));
    store.delete(victim.ref());
    heldBytes -= victim.sizeBytes();
    tally = tally.plus(new Tally(0, 0, 0, 1, 0, 0, 0, ""));
  }

  private void put(int episode, long sizeBytes) {
    String name = prefix + worker + "/" + episode;
    long start = System.nanoTime();
    try {
      ObjectRef ref = store.put(name, contents.of(worker, episode, sizeBytes));
      long nanos = System.nanoTime() - start;
      held.add(new Episode(episode, ref, sizeBytes));
      heldBytes += sizeBytes;
      tally = tally.plus(new Tally(1, 0, sizeBytes, 0, 0, 0, nanos, ""));
    } catch (StoreFullException e) {
      tally = tally.plus(new Tally(0, 1, 0, 0, 0, 0, 0, e.getMessage()));
    }
  }

  private void check(Episode episode) {
    try (ObjectView view = store.get(episode.ref())) {
      boolean right =
          view.isIntact()
              && view.segment().mismatch(contents.of(worker, episode.number(), episode.sizeBytes()))
                  < 0;
      tally = tally.plus(new Tally(0, 0, 0, 0, 1, right ? 0 : 1, 0, ""));
    }
  }
}
