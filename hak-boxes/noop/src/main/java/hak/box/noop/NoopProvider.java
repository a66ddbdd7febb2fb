package hak.box.noop;

import hak.core.spi.BoxContext;
import hak.core.spi.BoxProvider;
import hak.core.spi.Role;
import hak.core.spi.ThreadCache;

/** Names the cache. */
public final class NoopProvider implements BoxProvider {
  /** For the service loader. */
  public NoopProvider() {}

  @Override
  public String id() {
    return "noop";
  }

  @Override
  public Role role() {
    return Role.CACHE;
  }

  @Override
  public String summary() {
    return "never holds anything: the smallest box, to copy and to measure what composition costs";
  }

  @Override
  public ThreadCache create(BoxContext context) {
    return new Noop();
  }
}
