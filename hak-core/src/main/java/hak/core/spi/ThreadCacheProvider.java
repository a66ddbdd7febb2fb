package hak.core.spi;

import java.util.Set;

/** Names and makes a {@link ThreadCache}. */
public interface ThreadCacheProvider extends BoxProvider {
  /** What a cache that holds blocks provides. */
  String CACHED_BLOCKS = "cached-blocks";

  @Override
  default Role role() {
    return Role.CACHE;
  }

  /** {@link #CACHED_BLOCKS}; a cache that never holds any says otherwise. */
  @Override
  default Set<String> provides() {
    return Set.of(CACHED_BLOCKS);
  }

  @Override
  ThreadCache create(BoxContext context);
}
