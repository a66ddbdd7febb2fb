package hak.box.smallmid;

import hak.core.memory.ClassRange;
import hak.core.memory.Magazine;
import hak.core.memory.Magazines;
import hak.core.memory.SizeClasses;
import hak.core.spi.BoxContext;
import hak.core.spi.HeapSpace;
import hak.core.spi.Settings;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.stream.IntStream;

/** Names the cache. */
public final class SmallMidProvider implements ThreadCacheProvider {
  private static final int CELL_BYTES = Magazine.bytes(SmallMid.MOST_ROOM);

  @Override
  public String id() {
    return "small-mid";
  }

  @Override
  public String summary() {
    return "blocks of 256 bytes to 1 KiB only, to stand in front of other caches";
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return HeapSpace.perClass(CELL_BYTES);
  }

  @Override
  public ThreadCache create(BoxContext context) {
    SizeClasses classes = context.sizeClasses();
    int[] rooms =
        IntStream.rangeClosed(0, classes.last())
            .map(sizeClass -> SmallMid.room(classes.bytes(sizeClass)))
            .toArray();
    return new SmallMid(
        new Magazines(context.memory(), context.perClass(CELL_BYTES), rooms),
        ClassRange.of(classes, SmallMid.SMALLEST_BYTES, SmallMid.LARGEST_BYTES));
  }
}
