package hak.box.compact;

import hak.core.memory.ClassRange;
import hak.core.memory.Memory;
import hak.core.memory.PageRuns;
import hak.core.spi.BoxContext;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import hak.core.spi.SlabPlacement;
import hak.core.spi.SlabPlacementProvider;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Names the placement. */
public final class CompactProvider implements SlabPlacementProvider {
  private static final String LARGEST = "largest";

  /** As many as any reservation can have. */
  private static final int SUPERSLABS = (int) (Memory.REF_SPAN_BYTES >> PageRuns.SUPERSLAB_SHIFT);

  @Override
  public String id() {
    return "compact";
  }

  @Override
  public String summary() {
    return "packs the slabs of small size classes into superslabs of their own";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.bytes(
            LARGEST, 8, 64 << 10, 256, "Classes of larger blocks are in the other group."));
  }

  @Override
  public SlabPlacement create(BoxContext context) {
    Settings settings = context.settings();
    AtomicIntegerArray groups = new AtomicIntegerArray(SUPERSLABS);
    groups.compareAndSet(0, 0, groups.getPlain(0)); // links both, before a slab is claimed
    return new Compact(
        context.pageRuns(),
        ClassRange.of(context.sizeClasses(), 1, settings.number(LARGEST)),
        groups);
  }
}
