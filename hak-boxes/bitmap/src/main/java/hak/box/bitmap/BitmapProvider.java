package hak.box.bitmap;

import hak.core.memory.RemoteFrees;
import hak.core.slabs.HeapSlabs;
import hak.core.slabs.SlabSizes;
import hak.core.spi.BoxContext;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.SizeTier;
import hak.core.spi.SizeTierProvider;
import java.util.List;

/** Names the tier. */
public final class BitmapProvider implements SizeTierProvider {
  @Override
  public String id() {
    return "bitmap";
  }

  @Override
  public String summary() {
    return "small blocks from a thread's slabs with a bitmap of free blocks instead of a list";
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
    return new HeapSpace(HeapSlabs.CELL_BYTES + BitmapTier.CELL_BYTES, HeapSpace.LINE_BYTES);
  }

  @Override
  public SizeTier create(BoxContext context) {
    RemoteFrees remoteFrees = context.remoteFrees();
    SlabBits bits = SlabBits.of(context);
    return new BitmapTier(
        context.memory(),
        context.pages(),
        remoteFrees,
        context.sizeClasses(),
        context.firstClass(),
        context.lastClass(),
        context.perClass(BitmapTier.CELL_BYTES),
        bits,
        HeapSlabs.of(context, remoteFrees, bits));
  }
}
