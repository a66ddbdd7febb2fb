package hak.bench.replay;

import java.util.concurrent.CountDownLatch;

/** The end of work that is done by several threads one after the other, for the one that waits. */
final class WorkEnd {
  private final CountDownLatch reached = new CountDownLatch(1);
  private Throwable failure;

  /** All of it is done. */
  void reach() {
    reached.countDown();
  }

  /** Nobody goes on. */
  void fail(Throwable e) {
    failure = e;
    reached.countDown();
  }

  /** Waits, and throws what the work ended with. */
  void await() {
    try {
      reached.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while replaying", e);
    }
    switch (failure) {
      case null -> {}
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      default -> throw new AssertionError(failure);
    }
  }
}
