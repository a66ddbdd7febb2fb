package hak.store.bench.speed;

import hak.bench.process.JsonLine;
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
 * Another process that uses the store. Its argument is the store's path, each line of its input a
 * {@link Command}, each line of its output an {@link Answer}.
 *
 * <p>Times are of {@link System#nanoTime}, which on Linux is one clock for all processes.
 */
final class WorkerMain {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ObjectStore store;
  private final BufferedReader input =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);

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
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      answer(JsonLine.parse(line, Command.class));
    }
  }

  private void answer(Command command)
      throws IOException, InterruptedException, ExecutionException {
    switch (command.kind()) {
      case WRITE -> print(Answer.ofRate(new WriterLoad(store, command.order()).rate()));
      case AWAIT_OBJECT -> {
        print(Answer.WAITING);
        print(Answer.ofNanos(awaitObject(command.object())));
      }
      case AWAIT_LINE -> {
        print(Answer.WAITING);
        print(Answer.ofNanos(awaitLine()));
      }
    }
  }

  private long awaitObject(String name) throws InterruptedException {
    try (ObjectView view = store.get(name, PATIENCE)) {
      return System.nanoTime() - view.segment().get(ValueLayout.JAVA_LONG, 0);
    }
  }

  private long awaitLine() throws IOException {
    String line = input.readLine();
    return System.nanoTime() - Long.parseLong(line);
  }

  private void print(Answer answer) {
    output.println(JsonLine.of(answer));
  }
}
