package hak.testkit;

import hak.core.Hak;
import hak.core.profile.StackOptions;
import hak.core.spi.BoxProvider;
import hak.core.spi.LearningWindow;
import hak.core.spi.Option;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Windows of a stack that is not there, for tests of learners: they are as long as the test says,
 * and what the learner sets is checked and kept.
 */
public final class SimulatedWindow implements LearningWindow {
  /** What a learner has set. */
  public record Set(String key, long value, String reason) {}

  /** What a learner has advised; no values = as the profile says. */
  public record Advice(String key, Map<String, Object> values, String reason) {}

  private final Map<String, Long> values = new HashMap<>();
  private final List<Set> sets = new ArrayList<>();
  private final List<Advice> advice = new ArrayList<>();
  private double seconds = 1;

  /**
   * With what holds at first.
   *
   * @param values a value for each key that the learner turns
   */
  public SimulatedWindow(Map<String, Long> values) {
    this.values.putAll(values);
  }

  /** Windows are so long from now on, also what no window is. */
  public SimulatedWindow seconds(double length) {
    seconds = length;
    return this;
  }

  @Override
  public double seconds() {
    return seconds;
  }

  @Override
  public long value(String key) {
    require(values.containsKey(key), "the learner does not turn '" + key + "'");
    return values.get(key);
  }

  @Override
  public void set(String key, long value, String reason) {
    value(key);
    optionOf(key).parse(value);
    requireOneLine(reason);
    values.put(key, value);
    sets.add(new Set(key, value, reason));
  }

  @Override
  public void advise(String key, Map<String, Object> advised, String reason) {
    require(advised.isEmpty() || advised.containsKey(key), key + " is not among " + advised);
    requireOneLine(reason);
    advice.add(new Advice(key, Map.copyOf(advised), reason));
  }

  private static void requireOneLine(String reason) {
    require(
        !reason.isBlank() && reason.chars().noneMatch(Character::isISOControl),
        "no line of text: " + reason);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** The option of a key that learners may turn. */
  public static Option optionOf(String key) {
    return Stream.concat(
            StackOptions.TURNABLE.stream().filter(option -> StackOptions.path(option).equals(key)),
            Hak.boxes().stream().flatMap(provider -> turned(provider, key)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no option '" + key + "'"));
  }

  private static Stream<Option> turned(BoxProvider provider, String key) {
    String box = provider.role().section().table() + "." + provider.id() + ".";
    return provider.options().stream()
        .filter(option -> provider.turnable().contains(option.name()))
        .filter(option -> (box + option.name()).equals(key));
  }

  /** What was set so far, in order. */
  public List<Set> sets() {
    return List.copyOf(sets);
  }

  /** What was advised so far, in order. */
  public List<Advice> advice() {
    return List.copyOf(advice);
  }

  /** How often what holds of a key became another value. */
  public int changes(String key, long first) {
    int changes = 0;
    long last = first;
    for (Set set : sets) {
      if (set.key().equals(key) && set.value() != last) {
        changes++;
        last = set.value();
      }
    }
    return changes;
  }
}
