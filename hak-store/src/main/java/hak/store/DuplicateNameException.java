package hak.store;

/** An object of that name exists already, sealed or being written. */
public final class DuplicateNameException extends StoreException {
  private static final long serialVersionUID = 1;

  /** For implementations of {@link ObjectStore}. */
  public DuplicateNameException(String message) {
    super(message);
  }
}
