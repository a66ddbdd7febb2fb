package hak.core.spi;

import java.util.Map;

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

  /**
   * Says what the profile to open next should have in place of what the stack's has; the stack
   * stays as it is. It is there until the next advice for the same key. Advising the same for the
   * same reason is no decision and changes nothing.
   *
   * @param key one of {@link LearnerProvider#advises}
   * @param values all that should be different, by key, as {@link BoxContext#said} has it: lists of
   *     boxes, and options of boxes; {@code key} is one of them. Empty = as the profile says
   * @param reason why, a phrase of one line with the figures
   * @throws IllegalArgumentException if it is none of those, the stack could not be opened with the
   *     values and what else is advised, or the reason is not one line of text; what was advised
   *     before stays
   */
  void advise(String key, Map<String, Object> values, String reason);
}
