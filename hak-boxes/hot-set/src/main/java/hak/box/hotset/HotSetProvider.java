package hak.box.hotset;

import hak.core.spi.BoxContext;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.SlabPlacement;
import hak.core.spi.SlabPlacementProvider;
import java.util.List;

/** Names the placement. */
public final class HotSetProvider implements SlabPlacementProvider {
  private static final String SUPERSLABS = "superslabs";

  @Override
  public String id() {
    return "hot-set";
  }

  @Override
  public String summary() {
    return "claims the slabs of a size class in a few hot superslabs in turn";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.count(SUPERSLABS, "superslabs", 1, 16, 2, "How many are hot for each size class."));
  }

  private static int cellBytes(Settings settings) {
    return HotSet.cellBytes(settings.integer(SUPERSLABS));
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return HeapSpace.perClass(cellBytes(settings));
  }

  @Override
  public SlabPlacement create(BoxContext context) {
    Settings settings = context.settings();
    return new HotSet(
        context.memory(), context.perClass(cellBytes(settings)), settings.integer(SUPERSLABS));
  }
}
