package hak.store;

import java.util.function.Supplier;

/** Turns what an access to a truncated or damaged file raises into StoreCorruptException. */
final class Guard {
  private Guard() {}

  static <T> T call(StoreEngine engine, Supplier<T> action) {
    try {
      return action.get();
    } catch (InternalError e) {
      // The JVM's translation of SIGBUS: there is no file behind the mapping any more.
      throw new StoreCorruptException(
          engine.file().path() + " was truncated while it was in use", e);
    } catch (IndexOutOfBoundsException e) {
      throw new StoreCorruptException(
          engine.file().path() + " is damaged: a number in it points outside", e);
    }
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
