package hak.mid;

import hak.core.memory.PageRuns;
import hak.core.spi.BoxContext;
import hak.core.spi.LargeTier;
import hak.core.spi.LargeTierProvider;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import java.util.List;

/** Names the tier for runs of pages. */
public final class LargeProvider implements LargeTierProvider {
  private static final String CLASSES = "classes";
  private static final String POW2 = "pow2";
  private static final String LARGEST = "largest";
  private static final String LEAST_FILL = "least-fill";

  @Override
  public String id() {
    return "large";
  }

  @Override
  public String summary() {
    return "blocks up to 2 MiB, each a run of 64 KiB pages of the shared superslabs";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.choice(
            CLASSES,
            List.of("pages", POW2),
            "Block sizes: 'pages' is all multiples of 64 KiB, 'pow2' is 64, 128, 256, ... KiB, of"
                + " which a block that is freed fits the next one more often."),
        Option.bytes(
            LARGEST,
            64 << 10,
            PageRuns.SUPERSLAB_BYTES,
            PageRuns.SUPERSLAB_BYTES,
            "Largest block; what is larger goes to the next tier."),
        Option.count(
            LEAST_FILL,
            "%",
            0,
            100,
            80,
            "Blocks above 1 MiB, of which a superslab has room for one, go to the next tier where"
                + " they fill less of it than this; never with 'pow2'."));
  }

  @Override
  public long largestBytes(Settings settings) {
    return settings.number(LARGEST);
  }

  @Override
  public LargeTier create(BoxContext context) {
    return new PageRunTier(
        context.memory(),
        context.pages(),
        context.pageRuns(),
        context.pageRuns().runLengths(),
        context.settings().number(LARGEST),
        context.settings().choice(CLASSES).equals(POW2),
        (int) context.settings().number(LEAST_FILL),
        new LiveCount());
  }
}
