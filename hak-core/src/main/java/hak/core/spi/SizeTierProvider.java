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

  /**
   * What the tier has for itself in front of every block, in bytes, a multiple of 16. A block is
   * aligned to no more than this then. Asked before anything is mapped.
   */
  default int headBytes(Settings settings) {
    return 0;
  }

  @Override
  SizeTier create(BoxContext context);
}
