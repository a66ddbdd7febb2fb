package hak.store;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * A view that a virtual thread waits for. Whoever completes it first wins; a view that comes too
 * late is closed.
 */
final class FutureView extends CompletableFuture<ObjectView> {
  private final Callable<ObjectView> wait;
  private final Thread waiting;

  private FutureView(Callable<ObjectView> wait) {
    this.wait = wait;
    waiting = Thread.ofVirtual().name("hak-store-get").unstarted(this::run);
  }

  static CompletableFuture<ObjectView> of(Callable<ObjectView> wait) {
    FutureView future = new FutureView(wait);
    CompletableFuture<ObjectView> _ = future.whenComplete((_, _) -> future.endWait());
    future.waiting.start();
    return future;
  }

  private void run() {
    try {
      ObjectView view = wait.call();
      if (!complete(view)) {
        view.close();
      }
    } catch (Throwable e) {
      completeExceptionally(e);
    }
  }

  private void endWait() {
    if (!Thread.currentThread().equals(waiting)) {
      waiting.interrupt();
    }
  }
}
