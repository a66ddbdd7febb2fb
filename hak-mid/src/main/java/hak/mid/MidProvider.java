package hak.mid;

import hak.core.memory.SizeClasses;
import hak.core.slabs.FreeBlocks;
import hak.core.spi.BoxContext;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.SizeTier;
import hak.core.spi.SizeTierProvider;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** Names the tier for middle sizes. */
public final class MidProvider implements SizeTierProvider {
  private static final String CLASSES = "classes";
  private static final String LARGEST = "largest";
  private static final String W_MAX = "w-max";
  private static final int MOST_W_MAX = 200;
  private static final String BATCH = "batch";

  @Override
  public String id() {
    return "mid";
  }

  @Override
  public String summary() {
    return "blocks up to 256 KiB from slabs that all threads share, a lock for each size class";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.choice(
            CLASSES,
            List.of("fine", "classic"),
            "Block sizes: 'fine' has four steps for each doubling, 'classic' is 2, 4, 8, ... KiB."),
        ExtraSizes.option(),
        Option.bytes(
            LARGEST,
            2 << 10,
            SizeClasses.MAX_BLOCK_BYTES,
            32 << 10,
            "Largest block; what is larger goes to the next tier."),
        Option.count(
            W_MAX,
            "%",
            100,
            MOST_W_MAX,
            100,
            "Where a size has no block at hand, a larger one that is at hand serves it if it is at"
                + " most so much of any request of that size; 100 % = none is."),
        Option.bytes(
            BATCH,
            1,
            1 << 20,
            32 << 10,
            "How much is taken at a time when there is a cache to fill."));
  }

  @Override
  public Set<String> turnable() {
    return Set.of(W_MAX);
  }

  @Override
  public int[] blockBytes(Settings settings) {
    IntStream sizes =
        MidGeometry.valueOf(settings.choice(CLASSES).toUpperCase(Locale.ROOT))
            .blockBytes(settings.integer(LARGEST));
    return IntStream.concat(sizes, ExtraSizes.of(settings)).sorted().distinct().toArray();
  }

  @Override
  public SizeTier create(BoxContext context) {
    int first = context.firstClass();
    int last = context.lastClass();
    Shelf[] shelves = new Shelf[last - first + 1];
    for (int i = 0; i < shelves.length; i++) {
      int blockBytes = context.sizeClasses().bytes(first + i);
      shelves[i] = new Shelf(context.memory(), context.pages(), blockBytes);
    }
    long wMax = context.settings().number(W_MAX);
    return new MidTier(
        context.memory(),
        context.pages(),
        context.pageRuns(),
        context.sizeClasses(),
        first,
        shelves,
        LargerClasses.of(context.sizeClasses(), first, last, MOST_W_MAX),
        context.turned(W_MAX).orElse(() -> wMax),
        Claims.of(context),
        FreeBlocks.of(context),
        context.settings().integer(BATCH));
  }
}
