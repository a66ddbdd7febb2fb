package hak.core.spi;

import java.util.Set;

/** Names and makes a {@link FreeGuard}. */
public interface FreeGuardProvider extends BoxProvider {
  /** What every guard provides. */
  String GUARDED_FREES = "guarded-frees";

  @Override
  default Role role() {
    return Role.GUARD;
  }

  @Override
  default Set<String> provides() {
    return Set.of(GUARDED_FREES);
  }

  @Override
  FreeGuard create(BoxContext context);
}
