package hak.core.policy;

import hak.core.Policy;
import hak.core.policy.Snapshot.Decision;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.profile.check.Turnable;
import hak.core.spi.Option;
import hak.core.spi.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * What a stack is set to while it runs: the one place that decisions of learners pass, and where
 * slow paths read what holds.
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
  private final List<Learning> learnings = new ArrayList<>();

  /** By itself, for who reads a value must not reach the stack: large tiers outlive it. */
  private final AtomicReference<Snapshot> current;

  /**
   * Of a stack that is about to be opened: what its profile says.
   *
   * @param turnables what can be set
   */
  public Policies(Profile profile, List<Turnable> turnables) {
    this.profile = profile;
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
    Profile frozen = profile.with(Section.LEARNERS, List.of());
    List<Policy.Setting> settings = new ArrayList<>();
    for (Decision decision : snapshot.decisions()) {
      Option option = decision.turned().option();
      frozen = decision.turned().in(frozen, decision.value());
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
    return new Policy(snapshot.generation(), frozen, settings, learners);
  }
}
