package hak.box.ultrahot;

import hak.core.memory.ClassRange;
import hak.core.memory.Magazine;
import hak.core.memory.Memory;
import hak.core.memory.Round;
import hak.core.spi.BoxContext;
import hak.core.spi.CacheBounds;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.List;

/** Names the cache. */
public final class UltraHotProvider implements ThreadCacheProvider {
  @Override
  public String id() {
    return "ultra-hot";
  }

  @Override
  public String summary() {
    return "a few blocks for requests of 16 and 32 bytes only, to stand in front of everything";
  }

  @Override
  public List<Option> options() {
    return List.of(CacheBounds.capacity(256, 16));
  }

  private static int cellBytes(Settings settings) {
    return Magazine.bytes(settings.integer(CacheBounds.CAPACITY));
  }

  private static int heapBytes(Settings settings) {
    return UltraHot.MOST_CLASSES * cellBytes(settings);
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return new HeapSpace(0, (int) Round.up(heapBytes(settings), HeapSpace.LINE_BYTES));
  }

  @Override
  public ThreadCache create(BoxContext context) {
    Settings settings = context.settings();
    return new UltraHot(
        context.memory(),
        context.perHeap(heapBytes(settings)),
        ClassRange.of(context.sizeClasses(), UltraHot.SMALLEST_BYTES, UltraHot.LARGEST_BYTES),
        cellBytes(settings) / Memory.UNIT_BYTES,
        settings.integer(CacheBounds.CAPACITY));
  }
}
