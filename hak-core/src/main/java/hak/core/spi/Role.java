package hak.core.spi;

/** The place a box takes in a stack. */
public enum Role {
  /** Holds free blocks of a thread in front of the tiers: {@link ThreadCache}. */
  CACHE("caches", ThreadCache.class),
  /** Serves sizes that have a size class: {@link SizeTier}. */
  SIZE_TIER("tiers", SizeTier.class),
  /** Serves the sizes above the last size class: {@link LargeTier}. */
  LARGE_TIER("tiers", LargeTier.class),
  /** Keeps and supplies superslabs: {@link SuperslabSource}. */
  SUPERSLAB_SOURCE("superslabs", SuperslabSource.class),
  /** Sees frees that no tier owns: {@link FreeGuard}. */
  GUARD("guards", FreeGuard.class),
  /** Watches the hot path: {@link Observer}. */
  OBSERVER("observers", Observer.class);

  private final String profileKey;
  private final Class<? extends Box> type;

  Role(String profileKey, Class<? extends Box> type) {
    this.profileKey = profileKey;
    this.type = type;
  }

  /** The key under {@code [stack]} that lists boxes of this role. */
  public String profileKey() {
    return profileKey;
  }

  /** What a box of this role implements. */
  public Class<? extends Box> type() {
    return type;
  }
}
