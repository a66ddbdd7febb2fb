package hak.core.policy;

import hak.core.profile.Turnable;
import hak.core.spi.Option;
import java.util.ArrayList;
import java.util.List;

/**
 * All that was decided about a stack at one time. Never changed, and whole when it can be reached.
 *
 * @param generation how many came before it
 * @param decisions one for each of what can be set, in an order that stays
 */
record Snapshot(long generation, List<Decision> decisions) {
  /**
   * What one option is set to.
   *
   * @param value in the unit of the option
   * @param by who decided: a learner, or {@link #PROFILE}
   * @param reason why; empty where the profile says so
   */
  record Decision(Option option, long value, String by, String reason) {}

  /** Who decided what no learner did. */
  static final String PROFILE = "the profile";

  Snapshot {
    decisions = List.copyOf(decisions);
  }

  /** What a profile says. */
  static Snapshot of(List<Turnable> options) {
    return new Snapshot(
        0,
        options.stream()
            .map(turnable -> new Decision(turnable.option(), turnable.first(), PROFILE, ""))
            .toList());
  }

  /** The next one, with another decision in one place. */
  Snapshot next(int index, Decision decision) {
    List<Decision> changed = new ArrayList<>(decisions);
    changed.set(index, decision);
    return new Snapshot(generation + 1, changed);
  }
}
