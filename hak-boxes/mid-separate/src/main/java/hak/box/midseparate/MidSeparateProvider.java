package hak.box.midseparate;

import hak.core.memory.PageRuns;
import hak.core.slabs.SlabGroups;
import hak.core.slabs.SlabSizes;
import hak.core.slabs.SlabTier;
import hak.core.spi.BoxContext;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.SizeTier;
import hak.core.spi.SizeTierProvider;
import java.util.List;

/** Names the tier. */
public final class MidSeparateProvider implements SizeTierProvider {
  @Override
  public String id() {
    return "mid-separate";
  }

  @Override
  public String summary() {
    return "blocks up to 1 KiB from a thread's current page of each size class; segments of 2 MiB"
        + " that a class does not share";
  }

  @Override
  public List<Option> options() {
    return SlabSizes.options(1 << 10);
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
    return SlabTier.of(context, SlabGroups.of(context, PageRuns.PAGES));
  }
}
