package hak.store;

/** The ref or name names no sealed object: never did, or was deleted, or its producer died. */
public final class NoSuchObjectException extends StoreException {
  private static final long serialVersionUID = 1;

  /** For implementations of {@link ObjectStore}. */
  public NoSuchObjectException(String message) {
    super(message);
  }
}
