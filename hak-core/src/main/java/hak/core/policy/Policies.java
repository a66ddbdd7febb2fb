package hak.core.policy;

import hak.core.Policy;
import hak.core.policy.Snapshot.Advised;
import hak.core.policy.Snapshot.Decision;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.profile.ProfileKeys;
import hak.core.profile.StackOptions;
import hak.core.profile.check.Turnable;
import hak.core.spi.Option;
import hak.core.spi.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What a stack is set to while it runs, and what the next one should be set to: the one place that
 * decisions of learners pass, and where slow paths read what holds.
 *
 * <h2>Concurrency</h2>
 *
 * A decision makes a new {@link Snapshot} and puts it in the place of the last by one volatile
 * write; who reads does it by one volatile read and has a whole one, which nobody changes and the
 * garbage collector frees. Writers take turns, so generations have no gaps. Nothing on a hot path
 * reads here.
 */
public final class Policies {
  private final Profile profile;
  private final List<Turnable> turnables;
  private final Function<Profile, List<Problem>> check;
  private final List<Learning> learnings = new ArrayList<>();

  /** By itself, for who reads a value must not reach the stack: large tiers outlive it. */
  private final AtomicReference<Snapshot> current;

  /**
   * Of a stack that is about to be opened: what its profile says.
   *
   * @param turnables what can be set
   * @param check what is wrong with a profile that is advised
   */
  public Policies(
      Profile profile, List<Turnable> turnables, Function<Profile, List<Problem>> check) {
    this.profile = profile;
    this.check = check;
    this.turnables = List.copyOf(turnables);
    current = new AtomicReference<>(Snapshot.of(turnables));
  }

  /**
   * What holds of an option, at every call.
   *
   * @param option one of {@link StackOptions#TURNABLE}
   */
  public LongSupplier valueOf(Option option) {
    return valueAt(indexOf(StackOptions.path(option)));
  }

  /** What holds of an option, at every call; empty when it cannot be set. */
  public Optional<LongSupplier> valueOf(String key) {
    return keys().contains(key) ? Optional.of(valueAt(indexOf(key))) : Optional.empty();
  }

  private LongSupplier valueAt(int index) {
    AtomicReference<Snapshot> board = current;
    return () -> board.get().decisions().get(index).value();
  }

  /** What holds now, by its key. */
  long value(String key) {
    return current.get().decisions().get(indexOf(key)).value();
  }

  /**
   * Sets an option.
   *
   * @param by the learner that decides
   * @param reason one line of text
   * @return whether that was a decision; false where it held already, for the same reason
   * @throws IllegalArgumentException if there is no such key, the option does not allow the value,
   *     or the reason is not one line of text; what holds is as before
   */
  boolean decide(String by, String key, long value, String reason) {
    int index = indexOf(key);
    requireAllowed(key, value);
    requireOneLine(key, reason);
    Decision before;
    Decision after;
    synchronized (this) {
      Snapshot last = current.get();
      before = last.decisions().get(index);
      after = new Decision(before.turned(), value, by, reason);
      if (after.equals(before)) {
        return false;
      }
      current.set(last.next(index, after));
    }
    PolicyDecision.tell(profile.name(), key, before, after);
    return true;
  }

  /**
   * Advises what the next stack should have. What is advised is checked before the lock is taken,
   * for that is code of boxes; learners take turns anyway, on one thread.
   *
   * @param by the learner that advises
   * @param values all that should be different, by key; empty = as the profile says
   * @param reason one line of text
   * @return whether that was a decision; false where it was advised already, for the same reason
   * @throws IllegalArgumentException if {@code key} is not among the values, no stack could be
   *     opened with them, or the reason is not one line of text; what was advised before stays
   */
  boolean advise(String by, String key, Map<String, Object> values, String reason) {
    requireOneLine(key, reason);
    if (!values.isEmpty() && !values.containsKey(key)) {
      throw new IllegalArgumentException("'" + key + "' is not among " + values.keySet());
    }
    Advised after = new Advised(values, by, reason);
    Snapshot seen = current.get();
    if (after.equals(seen.advice().get(key))) {
      return false;
    }
    requireWorkable(key, next(seen.next(key, after)));
    Snapshot last;
    synchronized (this) {
      last = current.get();
      current.set(last.next(key, after));
    }
    PolicyDecision.tell(profile.name(), shown(key, last.advice()), shown(key, Map.of(key, after)));
    return true;
  }

  private void requireWorkable(String key, Profile next) {
    List<Problem> problems = check.apply(next);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "what is advised for " + key + " cannot be opened: " + problems.getFirst());
    }
  }

  /** What holds, without learners. */
  private Profile holding(Snapshot snapshot) {
    Profile holding = profile.with(Section.LEARNERS, List.of());
    for (Decision decision : snapshot.decisions()) {
      holding = decision.turned().in(holding, decision.value());
    }
    return holding;
  }

  /** What holds and what is advised. */
  private Profile next(Snapshot snapshot) {
    Profile next = holding(snapshot);
    for (Advised advised : snapshot.advice().values()) {
      for (Map.Entry<String, Object> value : new TreeMap<>(advised.values()).entrySet()) {
        next = ProfileKeys.with(next, value.getKey(), value.getValue());
      }
    }
    return next;
  }

  private Policy.Advice shown(String key, Map<String, Advised> all) {
    Advised advised = all.getOrDefault(key, new Advised(Map.of(), Snapshot.PROFILE, ""));
    Object was = ProfileKeys.said(profile).get(key);
    return new Policy.Advice(
        key,
        ProfileKeys.show(was),
        ProfileKeys.show(advised.values().getOrDefault(key, was == null ? List.of() : was)),
        advised.by(),
        advised.reason());
  }

  private void requireAllowed(String key, long value) {
    try {
      turnables.get(indexOf(key)).option().parse(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  private static void requireOneLine(String key, String reason) {
    if (reason.isBlank() || reason.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the reason for " + key + " must be one line of text: '" + reason + "'");
    }
  }

  private List<String> keys() {
    return turnables.stream().map(Turnable::key).toList();
  }

  private int indexOf(String key) {
    List<String> keys = keys();
    int index = keys.indexOf(key);
    if (index < 0) {
      throw new IllegalArgumentException(
          "'" + key + "' cannot be set while a stack runs; there are " + String.join(", ", keys));
    }
    return index;
  }

  /** Adds a learner, whose decisions pass here; at composition only. */
  public void add(Learning learning) {
    learnings.add(learning);
  }

  /** What holds, and what the learners did. Any thread. */
  public Policy view() {
    Snapshot snapshot = current.get();
    List<Policy.Setting> settings = new ArrayList<>();
    for (Decision decision : snapshot.decisions()) {
      Option option = decision.turned().option();
      settings.add(
          new Policy.Setting(
              decision.turned().key(),
              decision.value(),
              option.show(decision.value()),
              option.range(),
              decision.by(),
              decision.reason()));
    }
    List<Policy.Learner> learners = learnings.stream().map(Learning::view).toList();
    List<Policy.Advice> advice =
        learnings.stream()
            .flatMap(learning -> learning.advises().stream())
            .map(key -> shown(key, snapshot.advice()))
            .toList();
    return new Policy(
        snapshot.generation(), holding(snapshot), settings, learners, advice, next(snapshot));
  }
}
