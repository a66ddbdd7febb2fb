package hak.box.ringcache;

import hak.core.spi.BoxContext;
import hak.core.spi.CacheBounds;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.List;

/** Names the cache. */
public final class RingCacheProvider implements ThreadCacheProvider {
  @Override
  public String id() {
    return "ring-cache";
  }

  @Override
  public String summary() {
    return "thread-local array for each size class, bounded; a hit touches no block";
  }

  @Override
  public List<Option> options() {
    return CacheBounds.options(4096, 64);
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return CacheBounds.spaceOfMagazines(settings);
  }

  @Override
  public ThreadCache create(BoxContext context) {
    return new RingCache(CacheBounds.magazines(context));
  }
}
