package hak.core.policy;

import hak.core.profile.check.Turnable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that was decided about a stack at one time. Never changed, and whole when it can be reached.
 *
 * @param generation how many came before it
 * @param decisions one for each that can be set, always in the same order
 * @param advice what was advised for the next stack, by key; none before the first
 */
record Snapshot(long generation, List<Decision> decisions, Map<String, Advised> advice) {
  /**
   * What one option is set to.
   *
   * @param value in the unit of the option
   * @param by who decided: a learner, or {@link #PROFILE}
   * @param reason why; empty where the profile says so
   */
  record Decision(Turnable turned, long value, String by, String reason) {}

  /**
   * What the next stack should have.
   *
   * @param values by key; none = what the profile says
   * @param by the learner
   */
  record Advised(Map<String, Object> values, String by, String reason) {
    Advised {
      values = Map.copyOf(values);
    }
  }

  /** Who decided what no learner did. */
  static final String PROFILE = "the profile";

  Snapshot {
    decisions = List.copyOf(decisions);
    advice = Collections.unmodifiableMap(new TreeMap<>(advice));
  }

  /** What a profile says. */
  static Snapshot of(List<Turnable> turnables) {
    return new Snapshot(
        0,
        turnables.stream()
            .map(turnable -> new Decision(turnable, turnable.first(), PROFILE, ""))
            .toList(),
        Map.of());
  }

  /** The next one, with another decision in one place. */
  Snapshot next(int index, Decision decision) {
    List<Decision> changed = new ArrayList<>(decisions);
    changed.set(index, decision);
    return new Snapshot(generation + 1, changed, advice);
  }

  /** The next one, with another advice for a key. */
  Snapshot next(String key, Advised advised) {
    Map<String, Advised> changed = new TreeMap<>(advice);
    changed.put(key, advised);
    return new Snapshot(generation + 1, decisions, changed);
  }
}
