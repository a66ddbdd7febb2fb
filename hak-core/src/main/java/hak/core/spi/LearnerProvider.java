package hak.core.spi;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names and makes a {@link Learner}. */
public interface LearnerProvider extends BoxProvider {
  @Override
  default Role role() {
    return Role.LEARNER;
  }

  /**
   * What it sets, by the keys of a profile: {@code stack.purge-delay}, or {@code tier.mid.w-max}
   * for what a box says that can be turned ({@link BoxProvider#turnable}). A stack that cannot set
   * one of them while it runs is refused, and so is one with two learners for the same. Empty where
   * it only {@link #advises}.
   */
  Set<String> turns();

  /**
   * What it advises, by the keys of a profile: {@code stack.tiers}, or {@code
   * tier.mid.extra-classes}, which a stack cannot be set to while it runs. By default nothing. What
   * it turns and what it advises is at least one key together.
   */
  default Set<String> advises() {
    return Set.of();
  }

  /**
   * Whether tiers are to count the lists of blocks that they hand over, for {@link
   * BoxContext#listRooms}. They do where a learner turns the cache that adopts them, too.
   */
  default boolean countsLists() {
    return false;
  }

  /** One for each key, so that no other learner of the stack turns or advises it. */
  @Override
  default Set<String> provides() {
    return Stream.concat(
            turns().stream().map(key -> "turns " + key),
            advises().stream().map(key -> "advises " + key))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  default Set<String> excludes() {
    return provides();
  }

  @Override
  Learner create(BoxContext context);
}
