package hak.bench.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A fixed set of platform threads that do the same task at the same time. Thread {@code i} is the
 * same thread in every task, so blocks are freed by the thread that allocated them.
 */
public final class Crew implements AutoCloseable {
  private final List<ExecutorService> threads = new ArrayList<>();

  /** Starts the threads. */
  public Crew(int size) {
    for (int i = 0; i < size; i++) {
      String name = "replay-" + i;
      threads.add(Executors.newSingleThreadExecutor(task -> daemon(task, name)));
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** What each thread does. */
  @FunctionalInterface
  public interface Task {
    /** Does the part of thread {@code index}. */
    void run(int index);
  }

  /** How many threads there are. */
  public int size() {
    return threads.size();
  }

  /**
   * Runs a task on all threads and waits for them. What one throws is thrown when all have ended,
   * before what others threw because of it.
   *
   * @return nanoseconds from the first start, which all wait for, to the last end
   */
  public long run(Task task) {
    CyclicBarrier start = new CyclicBarrier(threads.size());
    long[] begun = new long[threads.size()];
    long[] ended = new long[threads.size()];
    List<Future<?>> futures = new ArrayList<>();
    for (int i = 0; i < threads.size(); i++) {
      int index = i;
      futures.add(
          threads
              .get(i)
              .submit(() -> {
                start.await();
                begun[index] = System.nanoTime();
                task.run(index);
                ended[index] = System.nanoTime();
                return null;
              }));
    }
    throwFirst(futures.stream().map(Crew::failureOf).filter(Objects::nonNull).toList());
    long first = begun[0];
    long last = ended[0];
    for (int i = 1; i < threads.size(); i++) {
      first = Math.min(first, begun[i]);
      last = Math.max(last, ended[i]);
    }
    return last - first;
  }

  /** What a task threw, null if nothing. */
  private static Throwable failureOf(Future<?> future) {
    try {
      future.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new IllegalStateException("interrupted while replaying", e);
    }
  }

  private static void throwFirst(List<Throwable> failures) {
    Optional<Throwable> first =
        failures.stream()
            .min(Comparator.comparing(failure -> failure instanceof Channels.AbandonedException));
    switch (first.orElse(null)) {
      case null -> {}
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      case Throwable checked -> throw new IllegalStateException(checked);
    }
  }

  @Override
  public void close() {
    threads.forEach(ExecutorService::shutdownNow);
  }
}
