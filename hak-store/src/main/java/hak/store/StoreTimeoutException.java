package hak.store;

/** The time given for a wait is over, or a living process has held the store's lock too long. */
public final class StoreTimeoutException extends StoreException {
  private static final long serialVersionUID = 1;

  /** For implementations of {@link ObjectStore}. */
  public StoreTimeoutException(String message) {
    super(message);
  }
}
