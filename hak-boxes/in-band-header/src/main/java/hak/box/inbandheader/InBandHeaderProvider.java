package hak.box.inbandheader;

import hak.core.slabs.PoolPages;
import hak.core.slabs.SlabSizes;
import hak.core.slabs.SlabTier;
import hak.core.spi.BoxContext;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.SizeTier;
import hak.core.spi.SizeTierProvider;
import java.util.ArrayList;
import java.util.List;

/** Names the tier. */
public final class InBandHeaderProvider implements SizeTierProvider {
  private static final String STORE = "store";
  private static final String ALWAYS = "always";
  private static final String CARVED = "carved";

  @Override
  public String id() {
    return "in-band-header";
  }

  @Override
  public String summary() {
    return "blocks up to 1 KiB with a header in front of each, to measure its tax";
  }

  @Override
  public List<Option> options() {
    List<Option> options = new ArrayList<>(SlabSizes.options(1 << 10));
    options.add(
        Option.choice(
            STORE,
            List.of(ALWAYS, CARVED),
            "When a header is written: by each allocation, or once when a block is cut."));
    return options;
  }

  @Override
  public int[] blockBytes(Settings settings) {
    return SlabSizes.blockBytes(settings);
  }

  @Override
  public int headBytes(Settings settings) {
    return InBandHeader.HEAD_BYTES;
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return SlabTier.HEAP_SPACE;
  }

  @Override
  public SizeTier create(BoxContext context) {
    return new InBandHeader(
        SlabTier.of(context, PoolPages.of(context)),
        context.memory(),
        context.settings().choice(STORE).equals(ALWAYS));
  }
}
