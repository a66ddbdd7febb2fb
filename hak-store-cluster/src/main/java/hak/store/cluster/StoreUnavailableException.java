package hak.store.cluster;

import hak.store.StoreException;

/**
 * The cluster cannot answer: this node is not in the majority, data lies on nodes that were lost
 * together, or no answer came in time. Objects that were sealed stay as they are.
 *
 * <p>Whether the call that failed has had its effect is unknown: the ref or the name tells it when
 * the cluster answers again. What the call left half done is removed then.
 */
public final class StoreUnavailableException extends StoreException {
  private static final long serialVersionUID = 1;

  StoreUnavailableException(String message) {
    super(message);
  }

  StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
