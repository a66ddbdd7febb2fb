package hak.core.slabs;

import hak.core.memory.SizeClasses;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The two options by which a tier of slabs chooses its block sizes. They begin at 16 B: what the
 * tiers before it serve is skipped.
 */
public final class SlabSizes {
  /** Which steps there are between the sizes. */
  public static final String CLASSES = "classes";

  /** The largest block. */
  public static final String LARGEST = "largest";

  private static final String FINE = "fine";
  private static final String POW2 = "pow2";

  /** The largest of which eight fit into a page. */
  private static final int MOST_BYTES = 8 << 10;

  private static final int LEAST_BYTES = 16;

  private SlabSizes() {}

  /** The options of a tier that serves blocks up to {@code defaultLargest} bytes. */
  public static List<Option> options(int defaultLargest) {
    return List.of(
        Option.choice(
            CLASSES,
            List.of(FINE, POW2),
            "Block sizes: 'fine' has four steps for each doubling, 'pow2' is 16, 32, 64, ..."),
        Option.bytes(
            LARGEST,
            64,
            MOST_BYTES,
            defaultLargest,
            "Largest block; what is larger goes to the next tier."));
  }

  /** The block sizes, ascending. */
  public static int[] blockBytes(Settings settings) {
    int largest = settings.integer(LARGEST);
    IntStream sizes =
        settings.choice(CLASSES).equals(FINE)
            ? SizeClasses.fine(largest)
            : IntStream.iterate(LEAST_BYTES, size -> size <= largest, size -> size * 2);
    return sizes.toArray();
  }
}
