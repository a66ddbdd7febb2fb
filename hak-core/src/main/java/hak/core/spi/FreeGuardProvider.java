package hak.core.spi;

/** Names and makes a {@link FreeGuard}. */
public interface FreeGuardProvider extends BoxProvider {
  @Override
  default Role role() {
    return Role.GUARD;
  }

  @Override
  FreeGuard create(BoxContext context);
}
