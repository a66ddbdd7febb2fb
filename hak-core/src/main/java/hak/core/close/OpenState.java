package hak.core.close;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether a stack is open. Any thread may call. */
public final class OpenState {
  private final String profile;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Open, under the name that messages call the stack. */
  public OpenState(String profile) {
    this.profile = profile;
  }

  /** What messages call the stack. */
  public String profile() {
    return profile;
  }

  /** False from the first close on. */
  public boolean isOpen() {
    return !closed.get();
  }

  /**
   * Refuses a call after close.
   *
   * @throws IllegalStateException if the stack is closed
   */
  public void requireOpen() {
    if (!isOpen()) {
      throw new IllegalStateException("allocator '" + profile + "' is closed");
    }
  }

  /** Closes; true for the first who does. */
  boolean close() {
    return closed.compareAndSet(false, true);
  }
}
