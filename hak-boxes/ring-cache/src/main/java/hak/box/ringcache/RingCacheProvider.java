package hak.box.ringcache;

import hak.core.memory.SizeClasses;
import hak.core.spi.BoxContext;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.List;

/** Names the cache. */
public final class RingCacheProvider implements ThreadCacheProvider {
  private static final String CAPACITY = "capacity";
  private static final String BYTES = "bytes";

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
    return List.of(
        Option.count(
            CAPACITY, "blocks", 1, 4096, 64, "Most blocks of one size class that a thread keeps."),
        Option.bytes(
            BYTES, 8, 1 << 30, 64 << 10, "Most bytes of one size class that a thread keeps."));
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return HeapSpace.perClass(RingCache.cellBytes(settings.integer(CAPACITY)));
  }

  @Override
  public ThreadCache create(BoxContext context) {
    SizeClasses classes = context.sizeClasses();
    int capacity = context.settings().integer(CAPACITY);
    int[] rooms = new int[classes.last() + 1];
    for (int sizeClass = 1; sizeClass < rooms.length; sizeClass++) {
      long byBytes = context.settings().number(BYTES) / classes.bytes(sizeClass);
      rooms[sizeClass] = (int) Math.min(capacity, byBytes);
    }
    return new RingCache(context.memory(), context.perClass(RingCache.cellBytes(capacity)), rooms);
  }
}
