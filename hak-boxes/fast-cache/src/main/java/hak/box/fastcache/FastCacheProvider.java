package hak.box.fastcache;

import hak.core.spi.BoxContext;
import hak.core.spi.CacheBounds;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.ArrayList;
import java.util.List;

/** Names the cache. */
public final class FastCacheProvider implements ThreadCacheProvider {
  @Override
  public String id() {
    return "fast-cache";
  }

  @Override
  public String summary() {
    return "array for each size class, refilled from the tier in batches";
  }

  @Override
  public List<Option> options() {
    List<Option> options = new ArrayList<>(CacheBounds.options(4096, 128));
    options.add(CacheBounds.refill(4096, 32));
    return options;
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return CacheBounds.spaceOfMagazines(settings);
  }

  @Override
  public ThreadCache create(BoxContext context) {
    return new FastCache(
        CacheBounds.magazines(context), context.settings().integer(CacheBounds.REFILL));
  }
}
