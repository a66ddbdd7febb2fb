package hak.store.file;

import hak.store.StoreAccessException;
import java.nio.channels.ClosedByInterruptException;
import java.util.function.Supplier;

/**
 * File access by threads that are or become interrupted. A channel is closed under such a thread,
 * and what it was doing fails without having anything to do with the file.
 */
public final class Interrupts {
  private Interrupts() {}

  /**
   * Runs an action that may be begun anew, again if an interrupt comes in its midst; the thread is
   * interrupted afterwards if it was before or became so.
   */
  public static <T> T putAside(Supplier<T> action) {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return action.get();
        } catch (StoreAccessException e) {
          if (!(e.getCause() instanceof ClosedByInterruptException)) {
            throw e;
          }
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
