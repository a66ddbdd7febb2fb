package hak.mid;

import hak.core.memory.SizeClasses;
import hak.core.slabs.FreeBlocks;
import hak.core.spi.BoxContext;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.SizeTier;
import hak.core.spi.SizeTierProvider;
import java.util.List;

/** Names the tier for middle sizes. */
public final class MidProvider implements SizeTierProvider {
  private static final String LARGEST = "largest";
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
        Option.bytes(
            LARGEST,
            2 << 10,
            256 << 10,
            32 << 10,
            "Largest block; what is larger goes to the next tier."),
        Option.bytes(
            BATCH,
            1,
            1 << 20,
            32 << 10,
            "How much is taken at a time when there is a cache to fill."));
  }

  /** From 16 B on: what the tiers before serve is skipped. */
  @Override
  public int[] blockBytes(Settings settings) {
    return SizeClasses.fine(settings.integer(LARGEST)).toArray();
  }

  @Override
  public SizeTier create(BoxContext context) {
    Shelf[] shelves = new Shelf[context.lastClass() - context.firstClass() + 1];
    for (int i = 0; i < shelves.length; i++) {
      int blockBytes = context.sizeClasses().bytes(context.firstClass() + i);
      shelves[i] = new Shelf(context.memory(), context.pages(), blockBytes);
    }
    return new MidTier(
        context.memory(),
        context.pages(),
        context.pageRuns(),
        context.sizeClasses(),
        context.firstClass(),
        shelves,
        FreeBlocks.of(context),
        context.settings().integer(BATCH));
  }
}
