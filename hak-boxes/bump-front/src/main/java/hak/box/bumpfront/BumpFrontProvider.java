package hak.box.bumpfront;

import hak.core.memory.SizeClasses;
import hak.core.spi.BoxContext;
import hak.core.spi.CacheBounds;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.List;
import java.util.stream.IntStream;

/** Names the cache. */
public final class BumpFrontProvider implements ThreadCacheProvider {
  private static final String CHUNK = "chunk";

  @Override
  public String id() {
    return "bump-front";
  }

  @Override
  public String summary() {
    return "run of neighbours for each size class, taken from the tier at once, and a magazine";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.count(CHUNK, "blocks", 1, 4096, 256, "Most blocks of a run."),
        CacheBounds.capacity(256, 16),
        Option.bytes(
            CacheBounds.BYTES,
            SizeClasses.MAX_BLOCK_BYTES,
            16 << 20,
            SizeClasses.MAX_BLOCK_BYTES,
            "Most bytes of a run, and of the blocks beside it."));
  }

  private static int cellBytes(Settings settings) {
    return BumpFront.cellBytes(settings.integer(CacheBounds.CAPACITY));
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return HeapSpace.perClass(cellBytes(settings));
  }

  @Override
  public ThreadCache create(BoxContext context) {
    return new BumpFront(
        context.memory(),
        context.perClass(cellBytes(context.settings())),
        context.sizeClasses(),
        chunks(context.sizeClasses(), context.settings()),
        CacheBounds.rooms(context));
  }

  private static int[] chunks(SizeClasses classes, Settings settings) {
    int most = settings.integer(CHUNK);
    int bytes = settings.integer(CacheBounds.BYTES);
    return IntStream.rangeClosed(0, classes.last())
        .map(sizeClass -> sizeClass == 0 ? 0 : Math.min(most, bytes / classes.bytes(sizeClass)))
        .toArray();
  }
}
