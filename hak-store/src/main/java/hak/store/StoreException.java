package hak.store;

/** What every failure of a store is; the subclass says which. The store stays usable after it. */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** For the kinds of failure that an implementation of {@link ObjectStore} adds. */
  protected StoreException(String message) {
    super(message);
  }

  /** For the kinds of failure that an implementation of {@link ObjectStore} adds. */
  protected StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
