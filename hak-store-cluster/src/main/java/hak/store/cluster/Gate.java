package hak.store.cluster;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Lets calls through as long as the store is open. */
final class Gate {
  private final Path path;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** The gate of the store in that file. */
  Gate(Path path) {
    this.path = path;
  }

  /**
   * Checks that it is open.
   *
   * @throws IllegalStateException when it is not
   */
  void check() {
    if (closed.get()) {
      throw new IllegalStateException("the store " + path + " was closed");
    }
  }

  /** Makes a call; one that the cluster does not answer because of the closing says so. */
  <T> T pass(Supplier<T> action) {
    check();
    try {
      return action.get();
    } catch (StoreUnavailableException e) {
      check();
      throw e;
    }
  }

  /** Closes it; false when it was closed before. */
  boolean close() {
    return closed.compareAndSet(false, true);
  }

  boolean isOpen() {
    return !closed.get();
  }
}
