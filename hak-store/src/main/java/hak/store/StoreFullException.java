package hak.store;

/**
 * No room: for the bytes, the objects, the processes, or in the file system below. Nothing changed.
 */
public final class StoreFullException extends StoreException {
  private static final long serialVersionUID = 1;

  /** For implementations of {@link ObjectStore}. */
  public StoreFullException(String message) {
    super(message);
  }

  /** For implementations of {@link ObjectStore}. */
  public StoreFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
