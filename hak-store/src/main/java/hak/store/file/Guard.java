package hak.store.file;

import hak.store.StoreCorruptException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Turns what an access to a truncated or damaged file raises into StoreCorruptException.
 *
 * @param file the store, to be named
 */
public record Guard(Path file) {
  public <T> T call(Supplier<T> action) {
    try {
      return action.get();
    } catch (InternalError | IndexOutOfBoundsException e) {
      throw damage(e);
    }
  }

  public void run(Runnable action) {
    call(() -> {
      action.run();
      return null;
    });
  }

  /**
   * The exception for what an access raised: IndexOutOfBoundsException, or InternalError, which is
   * the JVM's translation of SIGBUS: there is no file behind the mapping any more. Calls that are
   * made a million times a second catch these themselves, so that the compiler sees no lambda.
   */
  public StoreCorruptException damage(Throwable raised) {
    String what =
        raised instanceof InternalError
            ? " was truncated while it was in use"
            : " is damaged: a number in it points outside";
    return new StoreCorruptException(file + what, raised);
  }
}
