package hak.bench.stress;

import java.io.Serial;

/** An allocator broke a promise. */
final class StressException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  StressException(String message) {
    super(message);
  }

  StressException(String message, Throwable cause) {
    super(message, cause);
  }
}
