package hak.core.spi;

import java.util.Set;
import java.util.stream.Collectors;

/** Names and makes a {@link Learner}. */
public interface LearnerProvider extends BoxProvider {
  @Override
  default Role role() {
    return Role.LEARNER;
  }

  /**
   * What it sets, by the keys of a profile: {@code stack.purge-delay}, or {@code tier.mid.w-max}
   * for what a box says that can be turned ({@link BoxProvider#turnable}). A stack that cannot set
   * one of them while it runs is refused, and so is one with two learners for the same.
   */
  Set<String> turns();

  /** One for each of {@link #turns}, so that no other learner of the stack turns it. */
  @Override
  default Set<String> provides() {
    return turns().stream().map(key -> "turns " + key).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  default Set<String> excludes() {
    return provides();
  }

  @Override
  Learner create(BoxContext context);
}
