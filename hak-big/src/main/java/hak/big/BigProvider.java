package hak.big;

import hak.core.spi.BoxContext;
import hak.core.spi.LargeTier;
import hak.core.spi.LargeTierProvider;
import hak.core.spi.Settings;

/** Names the tier for big blocks. */
public final class BigProvider implements LargeTierProvider {
  @Override
  public String id() {
    return "big";
  }

  @Override
  public String summary() {
    return "blocks of any size, each a mapping of its own outside of the reservation";
  }

  @Override
  public long largestBytes(Settings settings) {
    return BigTier.LARGEST_BYTES;
  }

  @Override
  public LargeTier create(BoxContext context) {
    return new BigTier(context.virtualMemory(), context.memoryLimit());
  }
}
