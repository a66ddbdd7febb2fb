package hak.tiny;

import hak.core.memory.BlockList;
import hak.core.memory.RemoteBatches;
import hak.core.memory.RemoteFrees;
import hak.core.slabs.FreeBlocks;
import hak.core.slabs.HeapSlabs;
import hak.core.slabs.PoolPages;
import hak.core.spi.BoxContext;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.SizeTier;
import hak.core.spi.SizeTierProvider;
import java.util.List;
import java.util.Locale;

/** Names the tier for small sizes. */
public final class TinyProvider implements SizeTierProvider {
  private static final String CLASSES = "classes";
  private static final String LARGEST = "largest";
  private static final String CARVE = "carve";

  @Override
  public String id() {
    return "tiny";
  }

  @Override
  public String summary() {
    return "small blocks from slabs of 64 KiB that belong to a thread; frees of other threads by a"
        + " lock-free list";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.choice(
            CLASSES,
            List.of("fine", "pow2"),
            "Block sizes: 'fine' has four steps for each doubling, 'pow2' is 8, 16, 32, ..."),
        Option.bytes(
            LARGEST, 64, 8 << 10, 1 << 10, "Largest block; what is larger goes to the next tier."),
        Option.bytes(
            CARVE, 1, 64 << 10, 4 << 10, "How much of a fresh slab is cut into blocks at a time."));
  }

  @Override
  public int[] blockBytes(Settings settings) {
    return TinyGeometry.valueOf(settings.choice(CLASSES).toUpperCase(Locale.ROOT))
        .blockBytes(settings.integer(LARGEST));
  }

  /** Active list, slabs and batch of each class; and the stack of remote frees. */
  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    int perClassBytes = Long.BYTES + HeapSlabs.CELL_BYTES + RemoteBatches.CELL_BYTES;
    return new HeapSpace(perClassBytes, HeapSpace.LINE_BYTES);
  }

  @Override
  public SizeTier create(BoxContext context) {
    RemoteFrees remoteFrees = context.remoteFrees();
    return new TinyTier(
        context.memory(),
        context.pages(),
        new RemoteBatches(
            context.memory(), remoteFrees, context.perClass(RemoteBatches.CELL_BYTES)),
        context.sizeClasses(),
        context.firstClass(),
        context.lastClass(),
        context.perClass(Long.BYTES),
        HeapSlabs.of(context, remoteFrees, PoolPages.of(context)),
        FreeBlocks.of(context),
        context.settings().integer(CARVE));
  }

  static {
    if (BlockList.EMPTY != 0) {
      throw new ExceptionInInitializerError("a new heap, which is zero, must hold empty lists");
    }
  }
}
