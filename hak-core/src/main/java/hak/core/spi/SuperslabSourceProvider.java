package hak.core.spi;

/** Names and makes a {@link SuperslabSource}. */
public interface SuperslabSourceProvider extends BoxProvider {
  @Override
  default Role role() {
    return Role.SUPERSLAB_SOURCE;
  }

  @Override
  SuperslabSource create(BoxContext context);
}
