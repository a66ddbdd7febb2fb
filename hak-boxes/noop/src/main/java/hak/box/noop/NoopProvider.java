package hak.box.noop;

import hak.core.spi.BoxContext;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.Set;

/** Names the cache. */
public final class NoopProvider implements ThreadCacheProvider {
  @Override
  public String id() {
    return "noop";
  }

  @Override
  public String summary() {
    return "never holds anything: the smallest box, to copy and to measure what composition costs";
  }

  @Override
  public Set<String> provides() {
    return Set.of();
  }

  @Override
  public ThreadCache create(BoxContext context) {
    return new Noop();
  }
}
