package hak.bench.verify;

/** An allocator broke a promise. The message names the event, the block and what was found. */
public final class VerificationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  VerificationException(String message) {
    super(message);
  }
}
