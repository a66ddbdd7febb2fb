package hak.box.tlssll;

import hak.core.spi.BoxContext;
import hak.core.spi.CacheBounds;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.List;

/** Names the cache. */
public final class TlsSllProvider implements ThreadCacheProvider {
  @Override
  public String id() {
    return "tls-sll";
  }

  @Override
  public String summary() {
    return "thread-local singly linked list for each size class, last in first out, bounded";
  }

  @Override
  public List<Option> options() {
    return CacheBounds.options(1 << 15, 256);
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return HeapSpace.perClass(TlsSll.CELL_BYTES);
  }

  @Override
  public ThreadCache create(BoxContext context) {
    return new TlsSll(
        context.memory(), context.perClass(TlsSll.CELL_BYTES), CacheBounds.rooms(context));
  }
}
