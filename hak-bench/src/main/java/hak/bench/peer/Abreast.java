package hak.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several things at a time that each wait for a process of their own. */
final class Abreast {
  private Abreast() {}

  /**
   * Starts them in order and waits for all. When one throws, those that have not begun are left
   * out, and what the first in the order threw is thrown once the others are over.
   *
   * @param most how many at a time
   */
  static void run(int most, List<Runnable> tasks) {
    List<Future<?>> begun = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(most)) {
      tasks.forEach(task -> begun.add(threads.submit(task)));
      threads.shutdown();
      begun.forEach(task -> await(task, threads));
    }
  }

  private static void await(Future<?> task, ExecutorService threads) {
    try {
      task.get();
    } catch (ExecutionException e) {
      threads.shutdownNow();
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case Throwable impossible -> throw new IllegalStateException(impossible);
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
