package hak.core.spi;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The place that a box takes in a stack, from the caller down.
 *
 * <p>A further role is a row here, what its boxes implement, what their providers implement, and a
 * contract suite (see WRITING_A_BOX.md).
 */
public enum Role {
  /** Says what is asked for at which place of the program. */
  SITE_RULES(Section.SITES, SiteRules.class, SiteRulesProvider.class),
  /** Watches the hot path. */
  OBSERVER(Section.OBSERVERS, Observer.class, ObserverProvider.class),
  /** Holds free blocks of a thread in front of the tiers. */
  CACHE(Section.CACHES, ThreadCache.class, ThreadCacheProvider.class),
  /** Serves sizes that have a size class. */
  SIZE_TIER(Section.TIERS, SizeTier.class, SizeTierProvider.class),
  /** Serves the sizes above the last size class. */
  LARGE_TIER(Section.TIERS, LargeTier.class, LargeTierProvider.class),
  /** Keeps and supplies superslabs. */
  SUPERSLAB_SOURCE(Section.SUPERSLABS, SuperslabSource.class, SuperslabSourceProvider.class),
  /** Says in which superslabs slabs are. */
  SLAB_PLACEMENT(Section.PLACEMENT, SlabPlacement.class, SlabPlacementProvider.class),

  /** Sees frees that no tier owns. */
  GUARD(Section.GUARDS, FreeGuard.class, FreeGuardProvider.class),
  /** Sets the stack while it runs, by what it sees. */
  LEARNER(Section.LEARNERS, Learner.class, LearnerProvider.class);

  private final Section section;
  private final Class<? extends Box> type;
  private final Class<? extends BoxProvider> providerType;

  Role(Section section, Class<? extends Box> type, Class<? extends BoxProvider> providerType) {
    this.section = section;
    this.type = type;
    this.providerType = providerType;
  }

  /** The sections in the order of their roles. */
  public static List<Section> sections() {
    return Stream.of(values()).map(Role::section).distinct().toList();
  }

  /** What lists call it: {@code size tier}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The list of a profile that names boxes of this role. */
  public Section section() {
    return section;
  }

  /** What a box of this role implements. */
  public Class<? extends Box> type() {
    return type;
  }

  /** What the provider of such a box implements. */
  public Class<? extends BoxProvider> providerType() {
    return providerType;
  }
}
