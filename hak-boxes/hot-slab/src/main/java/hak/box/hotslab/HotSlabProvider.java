package hak.box.hotslab;

import hak.core.memory.ClassRange;
import hak.core.spi.BoxContext;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.List;

/** Names the cache. */
public final class HotSlabProvider implements ThreadCacheProvider {
  private static final String LARGEST = "largest";

  @Override
  public String id() {
    return "hot-slab";
  }

  @Override
  public String summary() {
    return "of each size class the free blocks of one page, so that neighbours are handed out";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.bytes(
            LARGEST, 8, 8 << 10, 1 << 10, "Larger blocks pass by: a page has too few of them."));
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return HeapSpace.perClass(HotSlab.CELL_BYTES);
  }

  @Override
  public ThreadCache create(BoxContext context) {
    return new HotSlab(
        context.memory(),
        context.perClass(HotSlab.CELL_BYTES),
        ClassRange.of(context.sizeClasses(), 1, context.settings().number(LARGEST)));
  }
}
