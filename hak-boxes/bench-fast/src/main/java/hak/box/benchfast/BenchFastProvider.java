package hak.box.benchfast;

import hak.core.memory.SizeClasses;
import hak.core.spi.BoxContext;
import hak.core.spi.FreeGuardProvider;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Names the cache. */
public final class BenchFastProvider implements ThreadCacheProvider {
  private static final String BLOCKS = "blocks";
  private static final String BYTES = "bytes";

  @Override
  public String id() {
    return "bench-fast";
  }

  @Override
  public String summary() {
    return "pool for each size class, made beforehand and without a bound: for benchmarks only";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.count(
            BLOCKS, "blocks", 0, 1 << 20, 50_000, "Most blocks of one size class at first."),
        Option.bytes(BYTES, 0, 8 << 20, 1 << 20, "Most bytes of one size class at first."));
  }

  @Override
  public Set<String> excludes() {
    return Set.of(FreeGuardProvider.GUARDED_FREES);
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return HeapSpace.perClass(BenchFast.CELL_BYTES);
  }

  @Override
  public ThreadCache create(BoxContext context) {
    return new BenchFast(
        context.memory(),
        context.perClass(BenchFast.CELL_BYTES),
        context.front(),
        pools(context.sizeClasses(), context.settings()));
  }

  private static int[] pools(SizeClasses classes, Settings settings) {
    int blocks = settings.integer(BLOCKS);
    int bytes = settings.integer(BYTES);
    return IntStream.rangeClosed(0, classes.last())
        .map(sizeClass -> sizeClass == 0 ? 0 : Math.min(blocks, bytes / classes.bytes(sizeClass)))
        .toArray();
  }
}
