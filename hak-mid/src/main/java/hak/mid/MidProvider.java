package hak.mid;

import hak.core.spi.BoxContext;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.SizeTier;
import hak.core.spi.SizeTierProvider;
import java.util.List;
import java.util.stream.IntStream;

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
    return "blocks up to 32 KiB from slabs that all threads share, a lock for each size class";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.bytes(
            LARGEST,
            2 << 10,
            64 << 10,
            32 << 10,
            "Largest block; what is larger goes to the next tier."),
        Option.bytes(
            BATCH,
            1,
            1 << 20,
            32 << 10,
            "How much is taken at a time when there is a cache to fill."));
  }

  /** Four steps for each doubling, from 16 B: what the tiers before serve is skipped. */
  @Override
  public int[] blockBytes(Settings settings) {
    int largest = settings.integer(LARGEST);
    IntStream.Builder sizes = IntStream.builder();
    int step = 16;
    for (int size = 16; size <= largest; size += step) {
      sizes.add(size);
      if (size >= 128 && Integer.bitCount(size) == 1) {
        step = size / 4;
      }
    }
    return sizes.build().toArray();
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
        context.settings().integer(BATCH));
  }
}
