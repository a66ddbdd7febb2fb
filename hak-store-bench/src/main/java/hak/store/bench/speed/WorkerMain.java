package hak.store.bench.speed;

import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/**
 * Another process that uses the store.
 *
 * <pre>
 *   WorkerMain STORE
 *
 *   write ...     a {@link WriteOrder}; answers operations in a second
 *   await NAME    answers "waiting"; once the object is there, how long ago the time was that it begins with
 *   stamp TIME    answers how long ago TIME was
 * </pre>
 *
 * Times are of {@link System#nanoTime}, which on Linux is one clock for all processes.
 */
final class WorkerMain {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ObjectStore store;
  private final PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private WorkerMain(ObjectStore store) {
    this.store = store;
  }

  /** Runs until standard input ends. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    // So that one writer has one processor, as two have two.
    StoreOptions existing = StoreOptions.DEFAULT.withCreate(false).withCopyThreads(1);
    try (ObjectStore store = ObjectStore.open(Path.of(arguments[0]), existing)) {
      new WorkerMain(store).serve();
    }
  }

  private void serve() throws IOException, InterruptedException, ExecutionException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ", -1);
      answers.println(
          switch (words[0]) {
            case WriteOrder.COMMAND ->
                Double.toString(new WriterLoad(store, WriteOrder.parse(words)).rate());
            case "await" -> await(words[1]);
            case "stamp" -> Long.toString(System.nanoTime() - Long.parseLong(words[1]));
            default -> "unknown command";
          });
    }
  }

  private String await(String name) throws InterruptedException {
    answers.println("waiting");
    try (ObjectView view = store.get(name, PATIENCE)) {
      long now = System.nanoTime();
      return Long.toString(now - view.segment().get(ValueLayout.JAVA_LONG, 0));
    }
  }
}
