package hak.store;

import java.util.function.Supplier;

/** Turns what an access to a truncated or damaged file raises into StoreCorruptException. */
final class Guard {
  private Guard() {}

  static <T> T call(StoreEngine engine, Supplier<T> action) {
    try {
      return action.get();
    } catch (InternalError | IndexOutOfBoundsException e) {
      throw damage(engine, e);
    }
  }

  /**
   * The exception for what an access raised: IndexOutOfBoundsException, or InternalError, which is
   * the JVM's translation of SIGBUS: there is no file behind the mapping any more. Calls that are
   * made a million times a second catch these themselves, so that the compiler sees no lambda.
   */
  static StoreCorruptException damage(StoreEngine engine, Throwable raised) {
    String what =
        raised instanceof InternalError
            ? " was truncated while it was in use"
            : " is damaged: a number in it points outside";
    return new StoreCorruptException(engine.file().path() + what, raised);
  }

  static void run(StoreEngine engine, Runnable action) {
    call(
        engine,
        () -> {
          action.run();
          return null;
        });
  }
}
