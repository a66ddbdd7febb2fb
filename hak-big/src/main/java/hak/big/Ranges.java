package hak.big;

import hak.core.memory.Round;
import hak.core.memory.VirtualMemory;

/**
 * The ranges of addresses that blocks come from. Each is one mapping, readable and writable from
 * the start and without memory behind it, so that no later call divides it: a thousand blocks are
 * as many mappings as one. A range has small pages or huge ones, from its first address to its
 * last. Not synchronised; {@link BigTier} holds its lock around every call.
 */
final class Ranges {
  /** Length of a range, unless a block is longer or the system refuses so much: 1 GiB. */
  static final long RANGE_BYTES = 1L << 30;

  /**
   * A shorter range is asked for only when a block needs no more: 32 MiB. Length of a range where
   * address space is scarce.
   */
  static final long LEAST_BYTES = 32L << 20;

  /** More than any machine can map: 2^46 B. */
  private static final long LARGEST_BYTES = 1L << 46;

  private final VirtualMemory virtualMemory;
  private final MappingBudget budget;
  private final long usualBytes;
  private long[] starts = new long[4];
  private long[] lengths = new long[4];
  private int[] firstExtents = new int[4];
  private int count;

  /**
   * None yet.
   *
   * @param usualBytes lengths of ranges are multiples of this where the system does not refuse them
   */
  Ranges(VirtualMemory virtualMemory, MappingBudget budget, long usualBytes) {
    this.virtualMemory = virtualMemory;
    this.budget = budget;
    this.usualBytes = usualBytes;
  }

  /**
   * Makes sure that one more range can be remembered.
   *
   * @throws OutOfMemoryError if the Java heap has no room; nothing changed then
   */
  void reserve() {
    if (count == starts.length) {
      long[] longer = Extents.atLeast(starts, 2 * count);
      lengths = Extents.atLeast(lengths, 2 * count);
      firstExtents = Extents.atLeast(firstExtents, 2 * count);
      starts = longer;
    }
  }

  /**
   * Maps one more range; there is room to remember it.
   *
   * @param wantedBytes what it should have
   * @param leastBytes what it must have, whole pages
   * @param isHuge which pages are asked for; where the system refuses that, it is slower and as
   *     good
   * @return its number, the last; -1 when the system refuses, or there would be too many mappings
   */
  int add(long wantedBytes, long leastBytes, boolean isHuge) {
    if (leastBytes > LARGEST_BYTES || !budget.take(1)) {
      return -1;
    }
    long least = Math.max(leastBytes, LEAST_BYTES);
    long bytes = Math.max(Round.up(Math.max(wantedBytes, leastBytes), usualBytes), least);
    long start = 0;
    try {
      start = virtualMemory.map(bytes);
      while (start == 0 && bytes > leastBytes) {
        bytes = bytes > least ? Math.max(bytes / 2, least) : leastBytes;
        start = virtualMemory.map(bytes);
      }
    } finally {
      if (start == 0) {
        budget.giveBack(1);
      }
    }
    if (start == 0) {
      return -1;
    }
    starts[count] = start;
    lengths[count] = bytes;
    if (isHuge) {
      virtualMemory.adviseHuge(start, bytes);
    } else {
      virtualMemory.adviseSmall(start, bytes);
    }
    return count++;
  }

  /** Unmaps a range in which there is no block; false, and nothing changed, when refused. */
  boolean remove(int range) {
    if (!virtualMemory.unmap(starts[range], lengths[range])) {
      return false;
    }
    budget.giveBack(1);
    count--;
    starts[range] = starts[count];
    lengths[range] = lengths[count];
    firstExtents[range] = firstExtents[count];
    return true;
  }

  /** Drops the content of all ranges; they read as zero then. */
  void purgeAll() {
    for (int range = 0; range < count; range++) {
      virtualMemory.purge(starts[range], lengths[range]);
    }
  }

  /** Unmaps all that the system does not refuse to. */
  void removeAll() {
    for (int range = count - 1; range >= 0; range--) {
      remove(range);
    }
  }

  /** How many there are; they are numbered from 0. */
  int count() {
    return count;
  }

  /** The first address of a range. */
  long start(int range) {
    return starts[range];
  }

  /** The length of a range. */
  long bytes(int range) {
    return lengths[range];
  }

  /**
   * The extent at the first address of a range. It is the same one as long as there is the range:
   * what is split or merged keeps the number of its first part.
   */
  int firstExtent(int range) {
    return firstExtents[range];
  }

  /** Notes which extent is at the first address of a range. */
  void firstExtent(int range, int extent) {
    firstExtents[range] = extent;
  }
}
