package hak.bench.stress.actors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;

/**
 * Runs tasks on virtual threads that cannot leave their carrier: inside of a class initialiser,
 * which the JVM calls from native frames. Every run needs a class of its own, because a class is
 * initialised once: a hidden one, which goes with the next collection of garbage.
 */
final class Pinned {
  private static final ScopedValue<Runnable> TASK = ScopedValue.newInstance();
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final byte[] BODY = body();

  private Pinned() {}

  /** Runs a task that throws nothing. */
  static void run(Runnable task) {
    ScopedValue.where(TASK, task)
        .run(() -> {
          try {
            LOOKUP.defineHiddenClass(BODY, true);
          } catch (IllegalAccessException e) {
            throw new AssertionError(e);
          }
        });
  }

  static void runTask() {
    TASK.get().run();
  }

  private static byte[] body() {
    String file = PinnedBody.class.getSimpleName() + ".class";
    try (InputStream in = PinnedBody.class.getResourceAsStream(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
