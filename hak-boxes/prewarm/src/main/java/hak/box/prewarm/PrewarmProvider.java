package hak.box.prewarm;

import hak.core.spi.BoxContext;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.List;
import java.util.Set;

/** Names the cache. */
public final class PrewarmProvider implements ThreadCacheProvider {
  private static final String SMALL = "small";
  private static final String MIDDLE = "middle";

  @Override
  public String id() {
    return "prewarm";
  }

  @Override
  public String summary() {
    return "fills the caches of a new thread heap with small blocks; holds nothing itself";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.count(
            SMALL, "blocks", 0, 4096, 128, "Blocks for requests of 16 B, and as many of 32 B."),
        Option.count(
            MIDDLE, "blocks", 0, 4096, 64, "Blocks for requests of 64 B, and as many of 128 B."));
  }

  @Override
  public Set<String> provides() {
    return Set.of();
  }

  @Override
  public Set<String> requires() {
    return Set.of(CACHED_BLOCKS);
  }

  @Override
  public ThreadCache create(BoxContext context) {
    Settings settings = context.settings();
    return new Prewarm(
        context.front(), context.sizeClasses(), settings.integer(SMALL), settings.integer(MIDDLE));
  }
}
