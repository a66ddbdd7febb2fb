package hak.box.drain;

import hak.core.spi.BoxContext;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.List;
import java.util.Set;

/** Names the cache. */
public final class DrainProvider implements ThreadCacheProvider {
  private static final String EVERY = "every";
  private static final String ADAPTIVE = "adaptive";

  /** So many times as often does a hot class have its turn at most. */
  private static final int MOST_OFTEN = 8;

  @Override
  public String id() {
    return "drain";
  }

  @Override
  public String summary() {
    return "gives half of what the caches hold back to the tier, every so many frees of a class";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.count(
            EVERY, "frees", 1, 1 << 30, 2048, "Frees of a size class between two of its turns."),
        Option.flag(ADAPTIVE, false, "Up to 8 times as often for classes that are hot."));
  }

  @Override
  public Set<String> provides() {
    return Set.of();
  }

  @Override
  public Set<String> requires() {
    return Set.of(CACHED_BLOCKS);
  }

  /** What a cache before it takes is not counted. */
  @Override
  public Set<String> before() {
    return Set.of(CACHED_BLOCKS);
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return new HeapSpace(Drain.CELL_BYTES, HeapSpace.LINE_BYTES);
  }

  @Override
  public ThreadCache create(BoxContext context) {
    Settings settings = context.settings();
    int every = settings.integer(EVERY);
    return new Drain(
        context.memory(),
        context.perClass(Drain.CELL_BYTES),
        context.perHeap(Drain.LINE_BYTES),
        context.front(),
        context.sizeClasses().last(),
        every,
        settings.flag(ADAPTIVE) ? Math.max(every / MOST_OFTEN, 1) : every);
  }
}
