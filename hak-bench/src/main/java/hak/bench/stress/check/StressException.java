package hak.bench.stress.check;

import java.io.Serial;

/** An allocator broke a promise. */
public final class StressException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public StressException(String message) {
    super(message);
  }

  public StressException(String message, Throwable cause) {
    super(message, cause);
  }
}
