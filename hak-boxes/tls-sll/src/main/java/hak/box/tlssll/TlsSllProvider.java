package hak.box.tlssll;

import hak.core.spi.BoxContext;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.List;

/** Names the cache. */
public final class TlsSllProvider implements ThreadCacheProvider {
  private static final String CAPACITY = "capacity";
  private static final String BYTES = "bytes";

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
    return List.of(
        Option.count(
            CAPACITY,
            "blocks",
            1,
            1 << 20,
            256,
            "Most blocks of one size class that a thread keeps."),
        Option.bytes(
            BYTES, 8, 1 << 30, 64 << 10, "Most bytes of one size class that a thread keeps."));
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return HeapSpace.perClass(TlsSll.CELL_BYTES);
  }

  @Override
  public ThreadCache create(BoxContext context) {
    int[] rooms = new int[context.sizeClasses().last() + 1];
    for (int sizeClass = 1; sizeClass < rooms.length; sizeClass++) {
      long byBytes = context.settings().number(BYTES) / context.sizeClasses().bytes(sizeClass);
      rooms[sizeClass] = (int) Math.min(context.settings().number(CAPACITY), byBytes);
    }
    return new TlsSll(context.memory(), context.perClass(TlsSll.CELL_BYTES), rooms);
  }
}
