package hak.box.quickslot;

import hak.core.memory.Magazine;
import hak.core.spi.BoxContext;
import hak.core.spi.HeapSpace;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.ThreadCache;
import hak.core.spi.ThreadCacheProvider;
import java.util.List;

/** Names the cache. */
public final class QuickSlotProvider implements ThreadCacheProvider {
  private static final String SLOTS = "slots";

  @Override
  public String id() {
    return "quick-slot";
  }

  @Override
  public String summary() {
    return "a few slots for each size class, to stand in front of a larger cache";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.count(
            SLOTS, "slots", 1, 16, 6, "How many blocks of one size class a thread keeps."));
  }

  private static int cellBytes(Settings settings) {
    return Magazine.bytes(settings.integer(SLOTS));
  }

  @Override
  public HeapSpace heapSpace(Settings settings, int layers) {
    return HeapSpace.perClass(cellBytes(settings));
  }

  @Override
  public ThreadCache create(BoxContext context) {
    Settings settings = context.settings();
    return new QuickSlot(
        context.memory(), context.perClass(cellBytes(settings)), settings.integer(SLOTS));
  }
}
