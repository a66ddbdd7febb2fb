package hak.big;

import hak.core.memory.KeepShare;
import hak.core.memory.MemoryLimit;
import hak.core.memory.PageTable;
import hak.core.memory.Round;
import hak.core.memory.VirtualMemory;

/**
 * Which extent a block gets, what becomes of it when it is freed, and whose memory goes back. Not
 * synchronised; {@link BigTier} holds its lock around every call.
 *
 * <pre>
 *                 allocate                        release
 *   range -> CLEAN --------> LIVE <----+            LIVE --> DIRTY, merged with DIRTY neighbours
 *              ^                       | allocate              |
 *              |   purged     toPurge  |                       |
 *              +----------- BUSY <-- DIRTY <-------------------+
 * </pre>
 *
 * <p><b>Where a block goes.</b> Best fit among the dirty extents, whose memory is there already;
 * then among the clean ones; then a new range. The rest of the extent stays what it was, so nothing
 * is lost to a size that does not fit. A block that grows goes to where it has room behind it for
 * as much again: to a dirty extent with so much free behind, or into the middle of the longest
 * clean one, so that the block in front of it keeps its room too.
 *
 * <p><b>Small pages or huge ones.</b> A range has either, and {@link PageChoice} says which ones a
 * block gets. Dirty memory of the other kind serves a block of which nothing is known. A small
 * block at a large alignment is nowhere but in small pages: in huge ones, what lies up to the next
 * multiple would be resident with it.
 *
 * <p><b>Zero.</b> A clean extent reads as zero, a dirty one need not.
 *
 * <p>Invariants: {@code bytes of all ranges = live + dirty + busy + clean}, each the sum over the
 * extents in that state; dirty ones are in {@link #free} and {@link #dirtyList}, clean ones in
 * {@link #free}, live ones in {@link #live}, busy ones nowhere.
 */
final class ExtentHeap {
  static final int NONE = Extents.NONE;

  /** Bytes that all lengths are multiples of: a page of the system. */
  static final long PAGE = 4096;

  /** A range, and a part in front of a block and one behind it. */
  private static final int EXTENTS_OF_A_CALL = 3;

  /** So many are left over by a call that reserves, for those that must not need the Java heap. */
  private static final int SPARE_EXTENTS = 1;

  private static final int FIRST_CAPACITY = 64;
  private static final long HUGE_PAGE = 2L << 20;

  private final Ranges ranges;
  private final PageChoice choice;
  private final MemoryLimit limit;
  private final KeepShare share;
  private final Extents extents = new Extents();
  private final FreeExtents free = new FreeExtents(extents, FIRST_CAPACITY);
  private final DirtyList dirtyList = new DirtyList(FIRST_CAPACITY);
  private final LiveBlocks live = new LiveBlocks(extents, FIRST_CAPACITY);
  private final Extents.Rows[] rows = {free, dirtyList, live};
  private long busyBytes;

  /** What {@link #share} has counted: dirty and busy ones. */
  private long countedBytes;

  /**
   * Without a block.
   *
   * @param choice which blocks get huge pages
   * @param limit from which is taken what is not clean
   * @param share in which is counted what is free with memory
   */
  ExtentHeap(Ranges ranges, PageChoice choice, MemoryLimit limit, KeepShare share) {
    this.ranges = ranges;
    this.choice = choice;
    this.limit = limit;
    this.share = share;
  }

  /** Tells the share what is free with memory now: once in a call, however much was moved. */
  private void count() {
    long kept = dirtyBytes() + busyBytes;
    share.keep(kept - countedBytes);
    countedBytes = kept;
  }

  /**
   * A block.
   *
   * @param wanted what is known of it by who asks
   * @return its extent; NONE when the system or the limit refuses memory: then nothing changed, but
   *     that there may be a range more
   * @throws OutOfMemoryError if the Java heap has no room; nothing changed then
   */
  int allocate(long size, long alignment, Place wanted) {
    long bytes = Round.up(size, PAGE);
    Place place = choice.placeOf(bytes, wanted);
    long step = place == Place.SPARSE ? Math.max(alignment, PageTable.PAGE_BYTES) : alignment;
    extents.reserve(EXTENTS_OF_A_CALL + SPARE_EXTENTS, rows);
    int extent = find(bytes, step, place);
    if (extent == NONE) {
      return NONE;
    }
    long fresh = freshBytes(extent, bytes);
    if (!limit.tryTake(fresh)) {
      return NONE;
    }
    share.takeFresh(fresh);
    share.reuse(bytes - fresh);
    choice.count(fresh, extents.isHuge(extent));
    return carve(extent, startIn(extent, bytes, step, place), size, alignment);
  }

  /** Of the next {@code bytes} bytes, from a free extent on, those that have no memory yet. */
  private long freshBytes(int extent, long bytes) {
    long fresh = 0;
    int next = extent;
    for (long left = bytes; left > 0; next = extents.after(next)) {
      long part = Math.min(left, extents.bytes(next));
      fresh += extents.state(next) == Extents.CLEAN ? part : 0;
      left -= part;
    }
    return fresh;
  }

  /** A free extent in which there is a place; maps a range if there is none. NONE = refused. */
  private int find(long bytes, long alignment, Place place) {
    boolean isHuge = choice.wantsHuge(bytes, place, live.bytes() + dirtyBytes() + busyBytes);
    int extent = free.find(bytes, alignment, place, isHuge);
    if (extent == NONE) {
      extent = addRange(place == Place.TO_GROW ? 2 * bytes : bytes, bytes, alignment, isHuge);
    }
    return extent != NONE || place == Place.SPARSE
        ? extent
        : free.find(bytes, alignment, place, !isHuge);
  }

  private int addRange(long wanted, long bytes, long alignment, boolean isHuge) {
    ranges.reserve();
    int range =
        ranges.add(
            FreeExtents.withSlack(wanted, alignment),
            FreeExtents.withSlack(bytes, alignment),
            isHuge);
    if (range < 0) {
      return NONE;
    }
    int extent = extents.add(ranges.start(range), ranges.bytes(range), Extents.CLEAN, isHuge);
    ranges.firstExtent(range, extent);
    free.file(extent);
    return extent;
  }

  /** Where in a free extent the block begins. */
  private long startIn(int extent, long bytes, long alignment, Place place) {
    long start = extents.address(extent);
    boolean isCrowded = extents.before(extent) != NONE;
    if (place == Place.TO_GROW && isCrowded && extents.state(extent) == Extents.CLEAN) {
      long step = Math.max(alignment, HUGE_PAGE);
      long middle = Round.up(start + extents.bytes(extent) / 2, step);
      if (middle + 2 * bytes <= extents.end(extent)) {
        return middle;
      }
    }
    return Round.up(start, alignment);
  }

  /** Makes a part of a free extent a block; there is room for the parts around it. */
  private int carve(int extent, long start, long size, long alignment) {
    long bytes = Round.up(size, PAGE);
    int block = extent;
    free.unfile(extent);
    if (start > extents.address(extent)) {
      block = split(extent, start - extents.address(extent));
      free.file(extent);
    }
    if (bytes < extents.bytes(block)) {
      free.file(split(block, bytes));
    }
    boolean isZero = extents.state(block) == Extents.CLEAN;
    changeState(block, Extents.LIVE);
    live.put(block, size, alignment, isZero);
    count();
    return block;
  }

  /** Cuts a free extent that is in no tree; a dirty one and its rest are both in the list. */
  private int split(int extent, long firstBytes) {
    int rest = extents.split(extent, firstBytes);
    if (extents.state(extent) == Extents.DIRTY) {
      dirtyList.insertBeside(extent, rest);
    }
    return rest;
  }

  /** Gives an extent that is in no tree another state; a dirty one leaves the list. */
  private void changeState(int extent, byte state) {
    if (extents.state(extent) == Extents.DIRTY) {
      dirtyList.remove(extent);
    }
    extents.state(extent, state);
  }

  // ---- release

  /**
   * Before a block is freed: looks at a page of it, if its memory was fresh, so that later ones of
   * its length get the pages that suit them. The page is not in one huge page with the first byte
   * or the last, which are written of most blocks; too short a block tells nothing. Needs no Java
   * heap.
   */
  void look(int block, VirtualMemory virtualMemory) {
    long bytes = extents.bytes(block);
    long margin = extents.isHuge(block) ? HUGE_PAGE + PAGE : HUGE_PAGE / 2;
    if (live.isZero(block) && bytes >= 2 * margin) {
      long from = Math.max(bytes / 4, margin);
      long page = Round.down(extents.address(block) + Math.min(from, bytes - margin), PAGE);
      choice.note(bytes, !virtualMemory.hasNoMemory(page));
    }
  }

  /** Frees a block; needs no Java heap. */
  void release(int block, long nowNanos) {
    live.remove(block);
    makeDirty(block, nowNanos);
    count();
  }

  private void makeDirty(int extent, long nowNanos) {
    extents.state(extent, Extents.DIRTY);
    dirtyList.append(extent, nowNanos);
    free.file(mergeDirty(extent));
  }

  /** Merges a dirty extent that is in no tree with its neighbours. */
  private int mergeDirty(int extent) {
    int next = extents.after(extent);
    if (next != NONE && extents.state(next) == Extents.DIRTY) {
      free.unfile(next);
      dirtyList.merge(extent, next);
      extents.absorbNext(extent);
    }
    int previous = extents.before(extent);
    if (previous == NONE || extents.state(previous) != Extents.DIRTY) {
      return extent;
    }
    free.unfile(previous);
    dirtyList.merge(previous, extent);
    extents.absorbNext(previous);
    return previous;
  }

  private int mergeClean(int extent) {
    int next = extents.after(extent);
    if (next != NONE && extents.state(next) == Extents.CLEAN) {
      free.unfile(next);
      extents.absorbNext(extent);
    }
    int previous = extents.before(extent);
    if (previous == NONE || extents.state(previous) != Extents.CLEAN) {
      return extent;
    }
    free.unfile(previous);
    extents.absorbNext(previous);
    return previous;
  }

  // ---- resize

  /**
   * Makes a block {@code size} bytes long where it is; false, and nothing changed, when what lies
   * behind it is not free.
   *
   * @throws OutOfMemoryError if the Java heap has no room; nothing changed then
   */
  boolean resize(int block, long size, long nowNanos) {
    long before = extents.bytes(block);
    long bytes = Round.up(size, PAGE);
    if (bytes != before) {
      extents.reserve(1 + SPARE_EXTENTS, rows);
      if (bytes < before) {
        makeDirty(extents.split(block, bytes), nowNanos);
      } else if (!grow(block, bytes)) {
        return false;
      }
    }
    live.resized(block, before, size);
    count();
    return true;
  }

  private boolean grow(int block, long bytes) {
    int behind = extents.after(block);
    long more = bytes - extents.bytes(block);
    if (behind == NONE
        || extents.freeBytesFrom(behind) < more
        || !limit.tryTake(freshBytes(behind, more))) {
      return false;
    }
    while (extents.bytes(block) < bytes) {
      int next = extents.after(block);
      long missing = bytes - extents.bytes(block);
      free.unfile(next);
      if (extents.bytes(next) > missing) {
        free.file(split(next, missing));
      }
      changeState(next, Extents.LIVE);
      extents.absorbNext(block);
    }
    return true;
  }

  // ---- memory back to the system

  /**
   * Takes out the extent that was freed first, to give its memory back: it is nobody's until {@link
   * #purged}. Needs no Java heap.
   *
   * @param mostBytes how much of it, whole pages; all if it cannot be divided
   * @return NONE when there is none
   */
  int takeToPurge(long mostBytes) {
    int extent = dirtyList.oldest();
    if (extent == NONE) {
      return NONE;
    }
    free.unfile(extent);
    if (extents.bytes(extent) > mostBytes && extents.spare() > 0) {
      free.file(split(extent, mostBytes));
    }
    changeState(extent, Extents.BUSY);
    busyBytes += extents.bytes(extent);
    return extent;
  }

  /** Takes back what {@link #takeToPurge} gave; it is clean now, or dirty if that failed. */
  void purged(int extent, boolean success, long nowNanos) {
    busyBytes -= extents.bytes(extent);
    if (success) {
      limit.give(extents.bytes(extent));
      extents.state(extent, Extents.CLEAN);
      free.file(mergeClean(extent));
    } else {
      makeDirty(extent, nowNanos);
    }
    count();
  }

  /** Unmaps the ranges without a block and without memory, but for one of the usual length. */
  void unmapEmptyRanges() {
    boolean keepsOne = false;
    for (int range = ranges.count() - 1; range >= 0; range--) {
      int extent = ranges.firstExtent(range);
      boolean isEmpty =
          extents.state(extent) == Extents.CLEAN && extents.bytes(extent) == ranges.bytes(range);
      if (isEmpty && !keepsOne && ranges.bytes(range) <= Ranges.RANGE_BYTES) {
        keepsOne = true;
      } else if (isEmpty && ranges.remove(range)) {
        free.unfile(extent);
        extents.remove(extent);
      }
    }
  }

  // ---- what there is

  /** The blocks. */
  LiveBlocks live() {
    return live;
  }

  /** The extents, to be read only. */
  Extents extents() {
    return extents;
  }

  /** What of its budget the stack has for big blocks, in which is counted what is free here. */
  KeepShare share() {
    return share;
  }

  /** The ranges, to be read only. */
  Ranges ranges() {
    return ranges;
  }

  /** Bytes that are free and have their memory. */
  long dirtyBytes() {
    return free.dirtyBytes();
  }

  /** Bytes that are free and on their way back to the system. */
  long busyBytes() {
    return busyBytes;
  }

  /** Bytes with memory behind them of all that is not clean; all of it where the system is mute. */
  long residentBytes(VirtualMemory virtualMemory) {
    long resident = 0;
    for (int range = 0; range < ranges.count(); range++) {
      int extent = ranges.firstExtent(range);
      for (; extent != NONE; extent = extents.after(extent)) {
        if (extents.state(extent) != Extents.CLEAN) {
          long bytes = extents.bytes(extent);
          long told = virtualMemory.residentBytes(extents.address(extent), bytes);
          resident += told >= 0 ? told : bytes;
        }
      }
    }
    return resident;
  }

  /** Whether there is a dirty extent that was freed at {@code nanos} or before. */
  boolean hasDirtySince(long nanos) {
    int oldest = dirtyList.oldest();
    return oldest != NONE && dirtyList.freedNanos(oldest) - nanos <= 0;
  }
}
