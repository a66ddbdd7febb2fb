package hak.mid;

import hak.core.memory.Memory;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.RunLengths;
import hak.core.spi.LargeTier;

/**
 * Blocks that are runs of pages. Claim, release and resize are lock-free (see {@link PageRuns} and
 * {@link RunLengths}), and the size is in the run's descriptor.
 *
 * @param largestBytes the largest request served
 * @param powersOfTwo whether runs are 1, 2, 4, ... pages, and of no other length
 * @param leastFillPercent how much of a superslab a block fills that is alone there, or it is not
 *     dense
 * @param live blocks in user hands
 */
record PageRunTier(
    Memory memory,
    PageTable pages,
    PageRuns pageRuns,
    RunLengths runLengths,
    long largestBytes,
    boolean powersOfTwo,
    int leastFillPercent,
    LiveCount live)
    implements LargeTier {
  @Override
  public long allocate(long size, long alignment) {
    return allocate(size, alignment, 0);
  }

  @Override
  public long allocateToGrow(long size, long alignment) {
    return allocate(size, alignment, 2 * pagesFor(size));
  }

  private long allocate(long size, long alignment, int roomPages) {
    if (alignment > PageRuns.SUPERSLAB_BYTES) {
      return 0; // the next tier can
    }
    int count = pagesFor(size);
    long claimed = pageRuns.claim(count, pagesIn(alignment), roomPages);
    if (claimed == 0) {
      return 0;
    }
    int page = (int) claimed;
    int run = pages.describe(page, count, PageTable.RUN, 0, 0, 1);
    pages.usedBytes(run, size);
    pages.runOrigin(run, alignment, (claimed & PageRuns.ZERO) != 0);
    live.lent(size);
    return memory.address(page);
  }

  /**
   * Of what fits twice into a superslab the rest is not looked at: such blocks come by the million,
   * and to take a lock for each costs more than what they leave.
   */
  @Override
  public boolean isDense(long size) {
    return powersOfTwo
        || 2 * pagesFor(size) <= PageRuns.PAGES
        || size * 100 >= (long) leastFillPercent * PageRuns.SUPERSLAB_BYTES;
  }

  /** Pages of the run of a block. */
  private int pagesFor(long size) {
    int least = pagesIn(size);
    return powersOfTwo ? 1 << (32 - Integer.numberOfLeadingZeros(least - 1)) : least;
  }

  /** Pages of so many bytes, at least one. */
  private static int pagesIn(long bytes) {
    return (int) Math.max(1, (bytes + PageTable.PAGE_BYTES - 1) >> PageTable.PAGE_SHIFT);
  }

  /** The descriptor of the run that begins at {@code address}; 0 when none does. */
  private int runAt(long address) {
    long offset = address - memory.base();
    if (Long.compareUnsigned(offset, pageRuns.endOffset()) >= 0) {
      return 0;
    }
    int block = Memory.refOfOffset(offset);
    int run = pages.descriptorOf(block);
    boolean isHead = pages.kind(run) == PageTable.RUN && pages.headBack(run) == 0;
    return isHead && (offset & (PageTable.PAGE_BYTES - 1)) == 0 ? run : 0;
  }

  @Override
  public boolean release(long address) {
    int run = runAt(address);
    if (run == 0) {
      return false;
    }
    live.back(pages.usedBytes(run));
    pageRuns.release(run);
    return true;
  }

  @Override
  public long usableSize(long address) {
    int run = runAt(address);
    return run == 0 ? 0 : (long) pages.pages(run) << PageTable.PAGE_SHIFT;
  }

  @Override
  public long goodSize(long size) {
    return (long) pagesFor(size) << PageTable.PAGE_SHIFT;
  }

  @Override
  public boolean resize(long address, long newSize) {
    int run = runAt(address);
    if (run == 0
        || newSize > largestBytes
        || belongsElsewhere(run, newSize)
        || !runLengths.set(run, pagesFor(newSize))) {
      return false;
    }
    live.grown(newSize - pages.usedBytes(run));
    pages.usedBytes(run, newSize);
    return true;
  }

  /** A block that has less than a page left, and less than half, moves to where small ones are. */
  private boolean belongsElsewhere(int run, long newSize) {
    return newSize <= PageTable.PAGE_BYTES / 2 && pages.pages(run) > 1;
  }

  @Override
  public boolean comesZeroed(long address) {
    int run = runAt(address);
    return run != 0 && pages.isZeroRun(run);
  }

  @Override
  public long alignment(long address) {
    int run = runAt(address);
    return run == 0 ? 0 : pages.runAlignment(run);
  }

  @Override
  public long liveBlocks() {
    return live.blocks();
  }

  @Override
  public long liveBytes() {
    return live.bytes();
  }
}
