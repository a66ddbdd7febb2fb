package hak.core;

import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.spi.StackOptions;

/**
 * How the region of a stack is divided; known before anything is mapped.
 *
 * <pre>
 *   base       + start                                                                                + region
 *   |  unused  | owner table | thread heaps | superslab states | page classes | descriptors |  data ...  |
 *              |                            metadata                                        |
 * </pre>
 *
 * <p>The three tables on the right have an entry for all of the region, start included: any address
 * in it can be asked for its page.
 *
 * @param startBytes what is left unused, a multiple of 2 MiB
 * @param regionBytes everything from the base on, a multiple of 2 MiB
 */
record RegionPlan(long startBytes, long regionBytes) {
  /** The plan that a profile's options ask for, which are within their ranges. */
  static RegionPlan of(StackOptions options) {
    long step = PageRuns.SUPERSLAB_BYTES;
    return new RegionPlan((options.startBytes() + step - 1) & -step, options.regionBytes() & -step);
  }

  /** The same start in half of the region. */
  RegionPlan halved() {
    return new RegionPlan(startBytes, (regionBytes / 2) & -(long) PageRuns.SUPERSLAB_BYTES);
  }

  /** What lies between start and the end of the region; negative when start is beyond it. */
  long usableBytes() {
    return regionBytes - startBytes;
  }

  /**
   * Whether there is room for a stack: the smallest region, of which metadata take half at most.
   */
  boolean isWorkable() {
    return usableBytes() >= StackOptions.REGION.min() && metadataBytes() <= usableBytes() / 2;
  }

  /** Everything before the data, each part rounded up to a page. */
  long metadataBytes() {
    return pages(ownerBytes())
        + pages(heapBytes())
        + pages(stateBytes())
        + pages(pageClassBytes())
        + pages(descriptorBytes());
  }

  private static long pages(long bytes) {
    return (bytes + PageTable.PAGE_BYTES - 1) & -(long) PageTable.PAGE_BYTES;
  }

  /** The owner table. */
  long ownerBytes() {
    return (long) OwnerTable.SLOTS * OwnerTable.SLOT_BYTES;
  }

  /** The thread heaps: 1/64 of the region, in which each takes what the boxes ask for. */
  long heapBytes() {
    return Math.clamp(usableBytes() / 64, 2L << 20, 512L << 20);
  }

  /** A state for each superslab. */
  long stateBytes() {
    return (regionBytes >> PageRuns.SUPERSLAB_SHIFT) * PageRuns.STATE_BYTES;
  }

  /** A byte for each page. */
  long pageClassBytes() {
    return regionBytes >> PageTable.PAGE_SHIFT;
  }

  /** A descriptor for each page. */
  long descriptorBytes() {
    return (regionBytes >> PageTable.PAGE_SHIFT) * PageTable.DESCRIPTOR_BYTES;
  }
}
