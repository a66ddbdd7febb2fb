package hak.core.spi;

/** Names and makes a {@link ThreadCache}. */
public interface ThreadCacheProvider extends BoxProvider {
  @Override
  default Role role() {
    return Role.CACHE;
  }

  @Override
  ThreadCache create(BoxContext context);
}
