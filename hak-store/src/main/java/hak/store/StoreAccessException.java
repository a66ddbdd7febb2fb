package hak.store;

/** The file may not or cannot be used: a link, another user's, no permission, no such folder. */
public final class StoreAccessException extends StoreException {
  private static final long serialVersionUID = 1;

  /** For implementations of {@link ObjectStore}. */
  public StoreAccessException(String message) {
    super(message);
  }

  /** For implementations of {@link ObjectStore}. */
  public StoreAccessException(String message, Throwable cause) {
    super(message, cause);
  }
}
