package hak.big;

import hak.core.memory.Memory;
import hak.core.spi.BoxContext;
import hak.core.spi.LargeTier;
import hak.core.spi.LargeTierProvider;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** Names the tier for big blocks. */
public final class BigProvider implements LargeTierProvider {
  private static final String KEEP = "keep";
  private static final String KEEP_SHARE = "keep-share";
  private static final String PURGE_DELAY = "purge-delay";
  private static final String HUGE_FROM = "huge-from";

  /** Mappings of the process that are ranges, of all stacks: the system limits their sum. */
  private static final AtomicInteger MAPPINGS = new AtomicInteger();

  @Override
  public String id() {
    return "big";
  }

  @Override
  public String summary() {
    return "blocks of any size out of address ranges of a GiB; freed memory is kept for a while";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.bytes(
            KEEP, 0, 1L << 40, 64L << 20, "Memory of freed blocks that is kept for later ones."),
        Option.count(
            KEEP_SHARE, "%", 0, 1_000, 100, "Or so much of the memory in use, where that is more."),
        Option.count(
            PURGE_DELAY, "ms", 0, 3_600_000, 1_000, "How long memory of freed blocks is kept."),
        Option.bytes(
            HUGE_FROM,
            0,
            BigTier.LARGEST_BYTES,
            16L << 20,
            "Ask for huge pages when more than this would be in small ones."));
  }

  @Override
  public Set<String> turnable() {
    return Set.of(HUGE_FROM);
  }

  @Override
  public long largestBytes(Settings settings) {
    return BigTier.LARGEST_BYTES;
  }

  @Override
  public LargeTier create(BoxContext context) {
    Settings settings = context.settings();
    Ranges ranges =
        new Ranges(context.virtualMemory(), MappingBudget.ofProcess(MAPPINGS), rangeBytes(context));
    return new BigTier(
        context.virtualMemory(),
        new ReentrantLock(),
        new ExtentHeap(
            ranges,
            PageChoice.of(context, HUGE_FROM),
            context.memoryLimit(),
            context.keepBudget().bigBlocks()),
        settings.number(KEEP),
        (int) settings.number(KEEP_SHARE),
        TimeUnit.MILLISECONDS.toNanos(settings.number(PURGE_DELAY)));
  }

  /** Where not all that refs can name was to be had, what no block needs is left to the JVM. */
  private static long rangeBytes(BoxContext context) {
    boolean isScarce = context.memory().segment().byteSize() < Memory.SPAN_BYTES;
    return isScarce ? Ranges.LEAST_BYTES : Ranges.RANGE_BYTES;
  }
}
