package hak.core.spi;

/** A window as a {@link Learner} gets it: how long it was, and what can be set for the next. */
public interface LearningWindow {
  /** How long the window was, in seconds; above 0. */
  double seconds();

  /**
   * What holds, in the unit of the option.
   *
   * @param key one of {@link LearnerProvider#turns}
   * @throws IllegalArgumentException if it is none of those
   */
  long value(String key);

  /**
   * Sets a value from now on. Setting what holds, for the same reason, is no decision and changes
   * nothing.
   *
   * @param key one of {@link LearnerProvider#turns}
   * @param value in the unit of the option
   * @param reason why, a phrase of one line with the figures
   * @throws IllegalArgumentException if it is none of those, the option does not allow the value,
   *     or the reason is not one line of text; what holds is as before
   */
  void set(String key, long value, String reason);
}
