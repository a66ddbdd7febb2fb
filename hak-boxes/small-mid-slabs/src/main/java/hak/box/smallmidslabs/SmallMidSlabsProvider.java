package hak.box.smallmidslabs;

import hak.core.slabs.SlabGroups;
import hak.core.slabs.SlabSizes;
import hak.core.slabs.SlabTier;
import hak.core.spi.BoxContext;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.SizeTier;
import hak.core.spi.SizeTierProvider;
import java.util.ArrayList;
import java.util.List;

/** Names the tier. */
public final class SmallMidSlabsProvider implements SizeTierProvider {
  private static final String REFILL = "refill";

  /** 1 MiB. */
  private static final int UNIT_PAGES = 16;

  @Override
  public String id() {
    return "small-mid-slabs";
  }

  @Override
  public String summary() {
    return "blocks up to 1 KiB from a thread's units of 16 slabs, least recently used first; the"
        + " caches get several at a time";
  }

  @Override
  public List<Option> options() {
    List<Option> options = new ArrayList<>(SlabSizes.options(1 << 10));
    options.add(
        Option.count(
            REFILL,
            "blocks",
            1,
            256,
            16,
            "How many blocks are taken at a time when there is a cache to fill."));
    return options;
  }

  @Override
  public int[] blockBytes(Settings settings) {
    return SlabSizes.blockBytes(settings);
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    HeapSpace tier = SlabTier.HEAP_SPACE;
    return new HeapSpace(tier.perClassBytes() + SlabGroups.CELL_BYTES, tier.perHeapBytes());
  }

  @Override
  public SizeTier create(BoxContext context) {
    SlabTier tier = SlabTier.of(context, SlabGroups.of(context, UNIT_PAGES));
    return new SmallMidSlabs(tier, context.settings().integer(REFILL));
  }
}
