package hak.core.spi;

/** Names and makes a {@link SizeTier}. */
public interface SizeTierProvider extends BoxProvider {
  @Override
  default Role role() {
    return Role.SIZE_TIER;
  }

  /**
   * The block sizes that the tier serves with these settings, ascending, in bytes; at least one.
   * Asked before anything is mapped.
   */
  int[] blockBytes(Settings settings);

  @Override
  SizeTier create(BoxContext context);
}
