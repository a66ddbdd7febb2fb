package hak.core.spi;

/** Names and makes a {@link LargeTier}. */
public interface LargeTierProvider extends BoxProvider {
  @Override
  default Role role() {
    return Role.LARGE_TIER;
  }

  /**
   * The largest request that the tier serves with these settings, in bytes. Asked before anything
   * is mapped.
   */
  long largestBytes(Settings settings);

  @Override
  LargeTier create(BoxContext context);
}
