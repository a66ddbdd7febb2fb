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
 * @param advice what learners would have the next stack set to, of what this one cannot be set to
 *     while it runs: one for each key that a learner may advise
 * @param next the profile to open next: {@code profile} with what is advised
 */
public record Policy(
    long generation,
    Profile profile,
    List<Setting> settings,
    List<Learner> learners,
    List<Advice> advice,
    Profile next) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** Copies the lists. */
  public Policy {
    settings = List.copyOf(settings);
    learners = List.copyOf(learners);
    advice = List.copyOf(advice);
  }

  /** One of a stack whose learners advise nothing. */
  public Policy(long generation, Profile profile, List<Setting> settings, List<Learner> learners) {
    this(generation, profile, settings, learners, List.of(), profile);
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
   * What the next stack should be set to.
   *
   * @param key where it stands in a profile: {@code stack.tiers}
   * @param was what the profile of this stack says; {@code none} if nothing
   * @param value what is advised; the same where nothing is
   * @param by who advises: the name of a learner, or {@code the profile} if nobody did yet
   * @param reason why, with the figures; empty before a learner said something
   */
  public record Advice(String key, String was, String value, String by, String reason) {
    /** Whether something else is advised than what the stack has. */
    public boolean isChange() {
      return !value.equals(was);
    }
  }

  /**
   * What a learner did so far.
   *
   * @param name what the profile calls it
   * @param turns the keys that it may set
   * @param advises the keys that it may advise for the next stack
   * @param windowMillis how often it looks, while the stack holds more than 16 MiB
   * @param windows how often it looked
   * @param decisions how often it set or advised something
   * @param failures in how many windows it threw something
   * @param lastFailure the class of what it threw last; empty if nothing
   * @param windowNanos how long its windows took in all, in nanoseconds: what it costs the process
   *     at most
   */
  public record Learner(
      String name,
      List<String> turns,
      List<String> advises,
      long windowMillis,
      long windows,
      long decisions,
      long failures,
      String lastFailure,
      long windowNanos) {
    /** Copies the lists. */
    public Learner {
      turns = List.copyOf(turns);
      advises = List.copyOf(advises);
    }
  }

  /**
   * A line for each setting, with value, range, who decided and why; then one for each advice, and
   * one for each learner.
   */
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
    String advised =
        advice.stream()
            .map(each ->
                String.format(
                    Locale.ROOT,
                    "next time %s = %s (now %s), by %s%s%n",
                    each.key(),
                    each.value(),
                    each.was(),
                    each.by(),
                    each.reason().isEmpty() ? "" : ": " + each.reason()))
            .collect(Collectors.joining());
    return values + advised + learners.stream().map(Policy::line).collect(Collectors.joining());
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
