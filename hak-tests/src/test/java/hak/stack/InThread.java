package hak.stack;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs work in threads of its own and hands on what it throws. */
final class InThread {
  /** Work that may throw. */
  interface Work {
    void run() throws Exception;
  }

  private InThread() {}

  /** Runs {@code work} in a platform thread and waits for its end. */
  static void platform(Work work) throws InterruptedException {
    all(Thread.ofPlatform(), List.of(work));
  }

  /** Runs {@code work} in a virtual thread and waits for its end. */
  static void virtual(Work work) throws InterruptedException {
    all(Thread.ofVirtual(), List.of(work));
  }

  /**
   * Runs all at once, each in a thread of its own, and waits for their end. When one fails the
   * others are interrupted, so that none waits for it.
   */
  static void all(Thread.Builder kind, List<? extends Work> works) throws InterruptedException {
    List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (Work work : works) {
      threads.add(
          kind.unstarted(() -> {
            try {
              work.run();
            } catch (Throwable e) {
              thrown.add(e);
              threads.forEach(Thread::interrupt);
            }
          }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    if (!thrown.isEmpty()) {
      throw new AssertionError(thrown.size() + " threads failed", thrown.getFirst());
    }
  }
}
