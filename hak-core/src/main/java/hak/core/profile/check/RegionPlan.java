package hak.core.profile.check;

import hak.core.heaps.OwnerTable;
import hak.core.heaps.ThreadHeaps;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.RegionTables;
import hak.core.memory.Reservation;
import hak.core.memory.Round;
import hak.core.profile.StackOptions;

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
 * @param heaps the thread heaps that there must be room for
 */
public record RegionPlan(long startBytes, long regionBytes, Heaps heaps) {
  /**
   * Thread heaps.
   *
   * @param bytesOfOne bytes of a heap
   * @param own how many belong to one thread each
   * @param shared how many are shared by the threads that have none
   */
  public record Heaps(long bytesOfOne, long own, long shared) {
    long bytes() {
      return bytesOfOne * (own + shared);
    }
  }

  /** The plan that options within their ranges ask for, with heaps of so many bytes. */
  static RegionPlan of(StackOptions options, long heapBytes) {
    long step = PageRuns.SUPERSLAB_BYTES;
    return new RegionPlan(
        Round.up(options.startBytes(), step),
        Round.down(options.regionBytes(), step),
        new Heaps(heapBytes, options.threads(), ThreadHeaps.sharedCount()));
  }

  /** The same in a region of {@code bytes}, rounded down to 2 MiB. */
  public RegionPlan withRegionBytes(long bytes) {
    return new RegionPlan(startBytes, Round.down(bytes, PageRuns.SUPERSLAB_BYTES), heaps);
  }

  /** The same with other heaps. */
  RegionPlan withHeaps(long own, long shared) {
    return new RegionPlan(startBytes, regionBytes, new Heaps(heaps.bytesOfOne(), own, shared));
  }

  /** What lies between start and the end of the region; negative when start is beyond it. */
  long usableBytes() {
    return regionBytes - startBytes;
  }

  /**
   * Whether there is room for a stack: the smallest region, of which metadata take half at most.
   */
  public boolean isWorkable() {
    return usableBytes() >= StackOptions.REGION.min() && metadataBytes() <= usableBytes() / 2;
  }

  /** Everything before the data, each part rounded up to a page. */
  long metadataBytes() {
    return Round.up(ownerBytes(), PageTable.PAGE_BYTES)
        + Round.up(heapPartBytes(), PageTable.PAGE_BYTES)
        + RegionTables.bytes(regionBytes);
  }

  /** What a stack holds with one block in it: its tables, a thread heap, a superslab. */
  long leastBytes() {
    long superslab = PageRuns.SUPERSLAB_BYTES;
    long dataOffset = Round.up(startBytes + metadataBytes(), superslab);
    return Round.up(ownerBytes(), PageTable.PAGE_BYTES)
        + Reservation.metadataStep(heaps.bytesOfOne())
        + RegionTables.leastBytes(regionBytes, dataOffset + superslab)
        + superslab;
  }

  /** The owner table. */
  public long ownerBytes() {
    return OwnerTable.TABLE_BYTES;
  }

  /**
   * The thread heaps: those that there must be room for, and what a generous 1/64 of the region
   * holds beyond them. Heaps that are never made cost nothing.
   */
  public long heapPartBytes() {
    return Math.max(heaps.bytes(), Math.clamp(usableBytes() / 64, 2L << 20, 512L << 20));
  }
}
