package hak.store;

/** The file may not or cannot be used: a link, another user's, no permission, no such folder. */
public final class StoreAccessException extends StoreException {
  private static final long serialVersionUID = 1;

  StoreAccessException(String message) {
    super(message);
  }

  StoreAccessException(String message, Throwable cause) {
    super(message, cause);
  }
}
