package hak.core;

import hak.core.profile.Profile;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a stack is set to at one time, of what can be set while it runs, and why. A value: what is
 * decided later is in another one, with a higher generation.
 *
 * @param generation how many decisions came before
 * @param profile the stack's profile with these values, and without learners: a stack opened with
 *     it is set so from the start and stays so
 * @param settings what can be set, by the order of options in a profile
 * @param learners the learners of the stack; mostly none
 */
public record Policy(
    long generation, Profile profile, List<Setting> settings, List<Learner> learners) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** Copies the lists. */
  public Policy {
    settings = List.copyOf(settings);
    learners = List.copyOf(learners);
  }

  /**
   * What one option is set to.
   *
   * @param key where it stands in a profile: {@code stack.purge-delay}
   * @param number the value in the unit of the option
   * @param value the value as a profile would write it: {@code 2000 ms}
   * @param range what is allowed, e.g. {@code 0 ms .. 3600000 ms}
   * @param by who decided: the name of a learner, or {@code the profile}
   * @param reason why, with the figures; empty where the profile decided
   */
  public record Setting(
      String key, long number, String value, String range, String by, String reason) {}

  /**
   * What a learner did so far.
   *
   * @param name what the profile calls it
   * @param turns the keys that it may set
   * @param windowMillis how often it looks, while the stack holds more than 16 MiB
   * @param windows how often it looked
   * @param decisions how often it set something
   * @param failures in how many windows it threw something
   * @param lastFailure the class of what it threw last; empty if nothing
   * @param windowNanos how long its windows took in all, in nanoseconds: what it costs the process
   *     at most
   */
  public record Learner(
      String name,
      List<String> turns,
      long windowMillis,
      long windows,
      long decisions,
      long failures,
      String lastFailure,
      long windowNanos) {
    /** Copies the list. */
    public Learner {
      turns = List.copyOf(turns);
    }
  }

  /** A line for each setting, with value, range, who decided and why; then one for each learner. */
  public String explain() {
    String values =
        settings.stream()
            .map(setting ->
                String.format(
                    Locale.ROOT,
                    "%s = %s (%s), by %s%s%n",
                    setting.key(),
                    setting.value(),
                    setting.range(),
                    setting.by(),
                    setting.reason().isEmpty() ? "" : ": " + setting.reason()))
            .collect(Collectors.joining());
    return values + learners.stream().map(Policy::line).collect(Collectors.joining());
  }

  private static String line(Learner learner) {
    return String.format(
        Locale.ROOT,
        "learner %s: %,d windows in %.1f ms, %,d decisions, %,d windows failed%s%n",
        learner.name(),
        learner.windows(),
        learner.windowNanos() / NANOS_PER_MILLI,
        learner.decisions(),
        learner.failures(),
        learner.failures() == 0 ? "" : ", the last with " + learner.lastFailure());
  }
}
