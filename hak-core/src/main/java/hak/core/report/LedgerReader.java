package hak.core.report;

import hak.core.Ledger;
import hak.core.inside.StackView;
import hak.core.memory.BlockList;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.Reservation;
import hak.core.memory.SizeClasses;
import hak.core.spi.LargeTier;
import hak.core.spi.SizeTier;
import hak.core.spi.ThreadCache;
import java.util.List;

/**
 * Adds up a {@link Ledger} from the superslab states, the page descriptors and the thread heaps.
 */
final class LedgerReader {
  private final StackView stack;
  private final Reservation reservation;
  private final List<ThreadCache> caches;
  private final List<SizeTier> sizeTiers;
  private long liveBlocks;
  private long usedBytes;
  private long slackBytes;
  private long cachedBytes;
  private long remoteBytes;
  private long freeBytes;
  private long purgedBytes;
  private long mappedBytes;

  LedgerReader(StackView stack, Reservation reservation) {
    this.stack = stack;
    this.reservation = reservation;
    caches = stack.caches();
    sizeTiers = stack.sizeTiers();
  }

  /** Adds up, and asks the system what has memory behind it. */
  Ledger read() {
    return read(residentBytes());
  }

  /** Adds up and asks nobody: the ledger says that nothing is resident. */
  Ledger readBooks() {
    return read(0);
  }

  private Ledger read(long residentBytes) {
    PageRuns runs = stack.pageRuns();
    for (int superslab = runs.firstSuperslab(); superslab < runs.superslabEnd(); superslab++) {
      addSuperslab(runs, superslab);
    }
    for (int heap : stack.heaps()) {
      addHeap(heap);
    }
    for (LargeTier tier : stack.largeTiers()) {
      if (tier.mappedBytes() > 0) {
        mappedBytes += tier.mappedBytes();
        usedBytes += tier.liveBytes();
        liveBlocks += tier.liveBlocks();
        freeBytes += tier.freeBytes();
        slackBytes += tier.mappedBytes() - tier.freeBytes() - tier.liveBytes();
      }
    }
    long metadata = reservation.metadataBytes();
    long reserveData = reservation.committedBytes() - metadata;
    purgedBytes += reserveData - (long) runs.superslabCount() * PageRuns.SUPERSLAB_BYTES;
    return new Ledger(
        usedBytes - cachedBytes,
        slackBytes,
        cachedBytes,
        remoteBytes,
        freeBytes,
        purgedBytes,
        metadata,
        reservation.committedBytes() + mappedBytes,
        residentBytes,
        liveBlocks);
  }

  private long residentBytes() {
    long resident = reservation.residentMetadataBytes() + residentDataBytes();
    for (LargeTier tier : stack.largeTiers()) {
      resident += tier.residentBytes();
    }
    return resident;
  }

  /** Asks for neighbours at once, and for none that nobody has touched. */
  private long residentDataBytes() {
    PageRuns runs = stack.pageRuns();
    int end = runs.superslabEnd();
    long resident = 0;
    int first = runs.firstSuperslab();
    for (int superslab = first; superslab <= end; superslab++) {
      if (superslab == end || runs.touched(superslab) == 0) {
        resident += reservation.residentDataBytes(first, superslab);
        first = superslab + 1;
      }
    }
    return resident;
  }

  private void addSuperslab(PageRuns runs, int superslab) {
    boolean inUse = runs.status(superslab) == PageRuns.IN_USE;
    int claimed = inUse ? runs.claimed(superslab) : 0;
    int touched = runs.touched(superslab);
    int index = 0;
    while (index < PageRuns.PAGES) {
      int bit = 1 << index;
      if ((claimed & bit) != 0) {
        index += addClaimed(stack.pages().descriptorOf(runs.pageAt(superslab, index)));
        continue;
      }
      if ((touched & bit) != 0) {
        freeBytes += PageTable.PAGE_BYTES;
      } else {
        purgedBytes += PageTable.PAGE_BYTES;
      }
      index++;
    }
  }

  /** Adds what begins at a claimed page; how many pages that are. */
  private int addClaimed(int descriptor) {
    PageTable pages = stack.pages();
    byte kind = pages.kind(descriptor);
    if (kind == PageTable.FREE) {
      freeBytes += PageTable.PAGE_BYTES; // claimed, not described yet: another thread is at it
      return 1;
    }
    int count = Math.max(1, pages.pages(descriptor)); // 0 if another thread is at it
    long bytes = (long) count * PageTable.PAGE_BYTES;
    if (kind == PageTable.RUN) {
      liveBlocks++;
      usedBytes += pages.usedBytes(descriptor);
      slackBytes += bytes - pages.usedBytes(descriptor);
    } else {
      addSlab(descriptor, bytes);
    }
    return count;
  }

  private void addSlab(int descriptor, long bytes) {
    PageTable pages = stack.pages();
    long blockBytes = stack.sizeClasses().bytes(pages.sizeClass(descriptor));
    long capacity = pages.capacity(descriptor);
    long remote = BlockList.count(pages.remote(descriptor));
    long used = pages.carved(descriptor) - BlockList.count(pages.local(descriptor)) - remote;
    liveBlocks += used;
    usedBytes += used * blockBytes;
    remoteBytes += remote * blockBytes;
    freeBytes += (capacity - used - remote) * blockBytes;
    slackBytes += bytes - capacity * blockBytes;
  }

  private void addHeap(int heap) {
    SizeClasses classes = stack.sizeClasses();
    for (int sizeClass = 1; sizeClass <= classes.last(); sizeClass++) {
      long bytes = classes.bytes(sizeClass);
      for (ThreadCache cache : caches) {
        long count = cache.blockCount(heap, sizeClass);
        cachedBytes += count * bytes;
        liveBlocks -= count;
      }
      for (SizeTier tier : sizeTiers) {
        long active = tier.activeCount(heap, sizeClass);
        long withheld = tier.withheldCount(heap, sizeClass);
        freeBytes += active * bytes;
        remoteBytes += withheld * bytes;
        usedBytes -= (active + withheld) * bytes;
        liveBlocks -= active + withheld;
      }
    }
  }
}
