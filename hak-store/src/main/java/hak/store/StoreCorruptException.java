package hak.store;

/** The file is not a store, or its contents contradict each other, or it was truncated in use. */
public final class StoreCorruptException extends StoreException {
  private static final long serialVersionUID = 1;

  /** For implementations of {@link ObjectStore}. */
  public StoreCorruptException(String message) {
    super(message);
  }

  /** For implementations of {@link ObjectStore}. */
  public StoreCorruptException(String message, Throwable cause) {
    super(message, cause);
  }
}
