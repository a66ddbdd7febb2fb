package hak.policy;

import hak.core.Hak;
import hak.core.Policy;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.profile.ProfileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All that was decided about a stack at one time, and why: caps, capacities, thresholds, delays and
 * which box serves what. A value, never changed; the next decision is another one with a higher
 * generation.
 *
 * <p>Its values are those of a profile, so there is one table of what can be set and in which
 * range, one check, and one form on disk. It is whole when it can be reached: all fields are final
 * (JLS 17.5), so even a reader that got it by a race sees every value of one generation.
 *
 * @param generation how many policies came before it in its {@link PolicyBoard}
 * @param profile what holds; it can be opened
 * @param reasons why, by key as a profile would have it: {@code stack.caches}, {@code
 *     box.tls-sll.capacity}; a key without one has not been decided anew
 */
public record FrozenPolicy(long generation, Profile profile, Map<String, String> reasons) {
  /**
   * Copies the reasons.
   *
   * @throws IllegalArgumentException if the generation is below 0, or a reason has a line break
   * @throws ProfileException naming every value that is not allowed
   */
  public FrozenPolicy {
    if (generation < 0) {
      throw new IllegalArgumentException("generation " + generation + " is below 0");
    }
    List<Problem> problems = Hak.check(profile);
    if (!problems.isEmpty()) {
      throw new ProfileException(
          problems.stream().map(problem -> profile.name() + ": " + problem).toList());
    }
    reasons = Collections.unmodifiableMap(new TreeMap<>(reasons));
    reasons.forEach(FrozenPolicy::requireOneLine);
  }

  private static void requireOneLine(String key, String reason) {
    if ((key + reason).chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a reason must be one line: " + key + ": " + reason);
    }
  }

  /** The first of its board: what a profile says. */
  public static FrozenPolicy of(Profile profile) {
    return new FrozenPolicy(0, profile, Map.of());
  }

  /**
   * What the learners of a running stack have set it to so far and what they advise, to be saved
   * and opened next: the profile names no learner.
   *
   * @param policy of {@link hak.core.HakAllocator#policy}
   */
  public static FrozenPolicy of(Policy policy) {
    Map<String, String> reasons = new TreeMap<>();
    for (Policy.Setting setting : policy.settings()) {
      if (!setting.reason().isEmpty()) {
        reasons.put(setting.key(), setting.by() + ": " + setting.reason());
      }
    }
    for (Policy.Advice advice : policy.advice()) {
      if (!advice.reason().isEmpty()) {
        reasons.put(advice.key(), advice.by() + ": " + advice.reason());
      }
    }
    return new FrozenPolicy(policy.generation(), policy.next(), reasons);
  }

  /**
   * The first of its board: what a file says.
   *
   * @throws ProfileException naming every error
   */
  public static FrozenPolicy load(Path file) {
    return of(new TomlProfileReader().read(file));
  }

  /** The reasons, a line each, ordered by key. */
  public String explain() {
    return lines("");
  }

  /**
   * A profile file: the values, and in front of them the reasons as comments. {@link #load} of it
   * gives an equal profile, and no reasons.
   */
  public String text() {
    return lines("# ") + ProfileText.render(profile);
  }

  private String lines(String before) {
    return reasons.entrySet().stream()
        .map(reason -> before + reason.getKey() + ": " + reason.getValue() + "\n")
        .collect(Collectors.joining());
  }
}
