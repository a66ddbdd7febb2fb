package hak.box.midv35;

import hak.core.memory.PageRuns;
import hak.core.slabs.PoolPages;
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
public final class MidV35Provider implements SizeTierProvider {
  private static final String KEEP = "keep";

  @Override
  public String id() {
    return "mid-v35";
  }

  @Override
  public String summary() {
    return "blocks up to 1 KiB from a thread's current page of each size class; its free pages go"
        + " from class to class";
  }

  @Override
  public List<Option> options() {
    List<Option> options = new ArrayList<>(SlabSizes.options(1 << 10));
    options.add(
        Option.count(
            KEEP,
            "pages",
            0,
            PageRuns.PAGES,
            4,
            "Most free pages that a thread keeps for any class of the tier."));
    return options;
  }

  @Override
  public int[] blockBytes(Settings settings) {
    return SlabSizes.blockBytes(settings);
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    HeapSpace tier = SlabTier.HEAP_SPACE;
    return new HeapSpace(tier.perClassBytes(), tier.perHeapBytes() + HeapSpace.LINE_BYTES);
  }

  @Override
  public SizeTier create(BoxContext context) {
    return SlabTier.of(
        context,
        new KeptPages(
            context.memory(),
            PoolPages.of(context),
            context.perHeap(KeptPages.CELL_BYTES),
            context.settings().integer(KEEP)));
  }
}
