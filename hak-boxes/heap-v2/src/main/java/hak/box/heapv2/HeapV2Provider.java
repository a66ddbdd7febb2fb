package hak.box.heapv2;

import hak.core.memory.ClassRange;
import hak.core.memory.Magazine;
import hak.core.spi.BoxContext;
import hak.core.spi.CacheBounds;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.List;

/** Names the cache. */
public final class HeapV2Provider implements ThreadCacheProvider {
  private static final String LARGEST = "largest";

  @Override
  public String id() {
    return "heap-v2";
  }

  @Override
  public String summary() {
    return "thin heap for small requests: a magazine for each size class, what it misses goes on";
  }

  @Override
  public List<Option> options() {
    return List.of(
        CacheBounds.capacity(1024, 32),
        Option.bytes(LARGEST, 16, 1 << 10, 256, "Larger requests pass by."),
        CacheBounds.refill(1024, 16));
  }

  private static int cellBytes(Settings settings) {
    return Magazine.bytes(settings.integer(CacheBounds.CAPACITY));
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return HeapSpace.perClass(cellBytes(settings));
  }

  @Override
  public ThreadCache create(BoxContext context) {
    Settings settings = context.settings();
    return new HeapV2(
        context.memory(),
        context.perClass(cellBytes(settings)),
        ClassRange.of(context.sizeClasses(), 1, settings.number(LARGEST)),
        settings.integer(CacheBounds.CAPACITY),
        settings.integer(CacheBounds.REFILL));
  }
}
