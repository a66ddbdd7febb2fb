package hak.store.cluster;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.infinispan.commons.CacheException;

/** Turns what Infinispan throws into exceptions of the store. */
final class Failures {
  private Failures() {}

  /**
   * Runs a call into Infinispan.
   *
   * @throws StoreUnavailableException when the cluster cannot answer
   */
  static <T> T call(Supplier<T> action) {
    try {
      return action.get();
    } catch (CacheException e) {
      throw unavailable(e);
    }
  }

  /** Waits for a call that was begun; throws as {@link #call}. */
  static <T> T await(CompletionStage<T> begun) {
    try {
      return begun.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw unavailable(e.getCause());
    }
  }

  private static StoreUnavailableException unavailable(Throwable e) {
    return new StoreUnavailableException("the cluster cannot answer: " + e.getMessage(), e);
  }
}
