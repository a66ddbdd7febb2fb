package hak.box.midultra;

import hak.core.slabs.PoolPages;
import hak.core.slabs.SlabQueue;
import hak.core.slabs.SlabSizes;
import hak.core.spi.BoxContext;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.SizeTier;
import hak.core.spi.SizeTierProvider;
import java.util.List;

/** Names the tier. */
public final class MidUltraProvider implements SizeTierProvider {
  @Override
  public String id() {
    return "mid-ultra";
  }

  @Override
  public String summary() {
    return "blocks up to 1 KiB from one list and one carve offset for each thread and class; pages"
        + " stay with the thread";
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
    return new HeapSpace(MidUltra.CELL_BYTES + SlabQueue.CELL_BYTES, HeapSpace.LINE_BYTES);
  }

  @Override
  public SizeTier create(BoxContext context) {
    return new MidUltra(
        context.memory(),
        context.pages(),
        PoolPages.of(context),
        context.remoteFrees(),
        context.sizeClasses(),
        context.firstClass(),
        context.lastClass(),
        context.perClass(MidUltra.CELL_BYTES),
        new SlabQueue(context.memory(), context.pages(), context.perClass(SlabQueue.CELL_BYTES)));
  }
}
