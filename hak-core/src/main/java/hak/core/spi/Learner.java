package hak.core.spi;

/**
 * Sees what a stack did, window by window, and says what it is to be set to from then on, or what
 * the next one should be set to, of what this one cannot be while it runs. It is outside of every
 * call: a stack with a learner has the same malloc and free as one without, byte for byte.
 *
 * <p>The housekeeper's thread alone calls, one window at a time, and holds no lock meanwhile. What
 * a learner reads of the stack, by what its {@link BoxContext} gives it, it reads while threads
 * allocate: it is approximate. A window should be short, for other stacks wait for theirs and for
 * their memory to go back.
 */
public non-sealed interface Learner extends Box {
  /** How long a window is, in milliseconds, 1 or more; asked once, when the stack is opened. */
  long windowMillis();

  /**
   * A window has ended. There is none while the stack holds 16 MiB or less, unless it {@link
   * #needsWindows}; the first one after such a time is as long as that was. What is thrown is
   * counted and forgotten: what is in force stays, and the next window comes.
   */
  void window(LearningWindow window);

  /**
   * Whether there are windows while the stack holds little: there is something to gain all the
   * same, or it has set what it may have to take back. Asked when the stack is opened, and after
   * each window that did not fail. The housekeeper does not sleep meanwhile.
   */
  default boolean needsWindows() {
    return false;
  }
}
