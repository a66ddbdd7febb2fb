package hak.core.spi;

/** Names and makes an {@link Observer}. */
public interface ObserverProvider extends BoxProvider {
  @Override
  default Role role() {
    return Role.OBSERVER;
  }

  @Override
  Observer create(BoxContext context);
}
