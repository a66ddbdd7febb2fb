package hak.box.hothint;

import hak.core.spi.BoxContext;
import hak.core.spi.HeapSpace;
import hak.core.spi.Settings;
import hak.core.spi.SlabPlacement;
import hak.core.spi.SlabPlacementProvider;

/** Names the placement. */
public final class HotHintProvider implements SlabPlacementProvider {
  @Override
  public String id() {
    return "hot-hint";
  }

  @Override
  public String summary() {
    return "claims the slabs of a size class where the last one was";
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return HeapSpace.perClass(HotHint.CELL_BYTES);
  }

  @Override
  public SlabPlacement create(BoxContext context) {
    return new HotHint(context.memory(), context.perClass(HotHint.CELL_BYTES));
  }
}
