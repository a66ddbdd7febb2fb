package hak.box.tlssll;

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
public final class TlsSllProvider implements ThreadCacheProvider {
  /** Most blocks of a class that a thread keeps. */
  static final int MOST_BLOCKS = 1 << 15;

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
    List<Option> options = new ArrayList<>(CacheBounds.options(MOST_BLOCKS, 256));
    options.add(ClassCapacities.option());
    return options;
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return HeapSpace.perClass(TlsSll.CELL_BYTES);
  }

  @Override
  public ThreadCache create(BoxContext context) {
    int[] rooms = ClassCapacities.applyTo(CacheBounds.rooms(context), context);
    return new TlsSll(context.memory(), context.perClass(TlsSll.CELL_BYTES), rooms);
  }
}
