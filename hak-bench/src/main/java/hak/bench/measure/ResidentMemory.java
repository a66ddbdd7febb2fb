package hak.bench.measure;

import hak.bench.replay.HakOperations;
import hak.bench.replay.Operations;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.spi.LargeTier;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Resident bytes of a stack's own mappings: the mappings inside its reservation, from smaps, the
 * blocks outside of it, and what is free there and may have memory, as the tiers count it. The
 * kernel joins neighbouring mappings of like kind, so smaps cannot tell what is outside from the
 * JVM's memory beside it, nor a mapping that reaches over the reservation's border; the pages of
 * blocks there are counted one by one.
 *
 * <p>One thread samples; others may allocate meanwhile.
 */
public final class ResidentMemory {
  private final long base;
  private final long end;
  private final Map<Long, Long> outside = new ConcurrentHashMap<>();
  private final Operations operations;
  private final Smaps smaps = new Smaps();
  private final Pagemap pagemap = new Pagemap();
  private final List<LargeTier> largeTiers;
  private long sum;

  /** Watches a stack that has no blocks yet. */
  public ResidentMemory(HakAllocator stack) {
    base = StackView.of(stack).memory().base();
    largeTiers = StackView.of(stack).largeTiers();
    long length = stack.describe().regionBytes();
    end = base + length;
    operations = new OutsideBlocks(new HakOperations(stack), base, length, outside);
  }

  /** The stack, for the code that allocates from it. */
  public Operations operations() {
    return operations;
  }

  /**
   * Counts.
   *
   * @throws IOException where the kernel does not tell
   */
  public long sample() throws IOException {
    sum = 0;
    smaps.read(this::add);
    for (Map.Entry<Long, Long> block : outside.entrySet()) {
      sum += pagemap.residentBytes(block.getKey(), block.getValue());
    }
    for (LargeTier tier : largeTiers) {
      sum += tier.freeBytes();
    }
    return sum;
  }

  private boolean add(long from, long to, long residentBytes) throws IOException {
    if (from >= base && to <= end) {
      sum += residentBytes;
    } else if (from < end && to > base && residentBytes > 0) {
      long first = Math.max(from, base);
      sum += pagemap.residentBytes(first, Math.min(to, end) - first);
    }
    return from < end;
  }
}
