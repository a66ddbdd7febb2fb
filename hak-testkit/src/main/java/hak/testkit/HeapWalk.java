package hak.testkit;

import hak.core.Ledger;
import hak.core.inside.StackView;
import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.memory.SizeClasses;
import hak.core.spi.LargeTier;
import hak.core.spi.SizeTier;
import hak.core.spi.ThreadCache;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * The second half of a heap walk: follows every list and every cache over the slabs that {@link
 * PageWalk} found, then compares the sums. Used once.
 */
final class HeapWalk {
  private static final char LOCAL_LIST = 1;
  private static final char REMOTE_LIST = 2;

  private final StackView stack;
  private final Memory memory;
  private final PageTable pages;
  private final SizeClasses classes;
  private final PageWalk pageWalk;
  private final List<String> places =
      new ArrayList<>(List.of("user hands", "local list", "remote list"));

  private long cachedBlocks;
  private long cachedBytes;
  private long activeBlocks;
  private long localBlocks;
  private long remoteBlocks;
  private long remoteBytes;
  private long uncarvedBlocks;
  private long userBlocks;
  private long userBytes;
  private long freeBytes;
  private long mappedBlocks;

  HeapWalk(StackView stack) {
    this.stack = stack;
    memory = stack.memory();
    pages = stack.pages();
    classes = stack.sizeClasses();
    pageWalk = new PageWalk(stack);
  }

  HeapReport walk(Ledger ledger) {
    for (WalkedSlab slab : pageWalk.slabs()) {
      walkSlab(slab);
    }
    for (int heap : stack.heaps()) {
      walkHeap(heap);
    }
    for (WalkedSlab slab : pageWalk.slabs()) {
      long user = slab.count(WalkedSlab.USER);
      userBlocks += user;
      userBytes += user * classes.bytes(slab.sizeClass);
    }
    compare(ledger);
    return new HeapReport(
        pageWalk.superslabs(),
        pageWalk.emptySuperslabs(),
        pageWalk.slabs().size(),
        pageWalk.usedOfRun().size(),
        mappedBlocks,
        userBlocks,
        cachedBlocks,
        activeBlocks,
        localBlocks,
        remoteBlocks,
        uncarvedBlocks);
  }

  private void walkSlab(WalkedSlab slab) {
    long blockBytes = classes.bytes(slab.sizeClass);
    int local = walkList(slab, pages.local(slab.descriptor), LOCAL_LIST);
    int remote = walkList(slab, pages.remote(slab.descriptor), REMOTE_LIST);
    int uncarved = slab.capacity - slab.carved;
    localBlocks += local;
    remoteBlocks += remote;
    uncarvedBlocks += uncarved;
    remoteBytes += remote * blockBytes;
    freeBytes += (local + uncarved) * blockBytes;
  }

  private int walkList(WalkedSlab slab, long list, char place) {
    long rest = list;
    int length = 0;
    while (BlockList.first(rest) != 0) {
      int block = BlockList.first(rest);
      if (slabOf(block, place) != slab) {
        throw new HeapCorruption(
            "%s: block 0x%x, in its %s, lies in another slab",
            slab, memory.address(block), places.get(place));
      }
      mark(slab, block, place);
      long next = BlockList.rest(memory, rest);
      if (BlockList.count(rest) != BlockList.count(next) + 1) {
        throw new HeapCorruption(
            "%s: its %s counts %d blocks at block 0x%x and %d behind it",
            slab,
            places.get(place),
            BlockList.count(rest),
            memory.address(block),
            BlockList.count(next));
      }
      rest = next;
      length++;
    }
    HeapCorruption.unless(
        BlockList.count(rest) == 0,
        "%s: its %s ends with a count of %d",
        slab,
        places.get(place),
        BlockList.count(rest));
    return length;
  }

  private void walkHeap(int heap) {
    List<String> layers = stack.layers();
    int caches = stack.caches().size();
    for (int i = 0; i < caches; i++) {
      walkCache(heap, stack.caches().get(i), layers.get(i));
    }
    for (int i = 0; i < stack.sizeTiers().size(); i++) {
      walkActive(heap, stack.sizeTiers().get(i), layers.get(caches + i));
      walkWithheld(heap, stack.sizeTiers().get(i), layers.get(caches + i));
    }
  }

  private void walkCache(int heap, ThreadCache cache, String id) {
    char place = addPlace(String.format("cache '%s' of heap 0x%x", id, heap));
    for (int sizeClass = 1; sizeClass <= classes.last(); sizeClass++) {
      Marker marker = new Marker(sizeClass, place, 0);
      cache.forEach(heap, sizeClass, marker);
      marker.requireCount(cache.blockCount(heap, sizeClass));
      cachedBlocks += marker.count;
      cachedBytes += marker.count * classes.bytes(sizeClass);
    }
  }

  private void walkActive(int heap, SizeTier tier, String id) {
    char place = addPlace(String.format("active list of tier '%s' of heap 0x%x", id, heap));
    for (int sizeClass = 1; sizeClass <= classes.last(); sizeClass++) {
      Marker marker = new Marker(sizeClass, place, heap);
      tier.forEachActive(heap, sizeClass, marker);
      marker.requireCount(tier.activeCount(heap, sizeClass));
      activeBlocks += marker.count;
      freeBytes += marker.count * classes.bytes(sizeClass);
    }
  }

  private void walkWithheld(int heap, SizeTier tier, String id) {
    char place = addPlace(String.format("batch of tier '%s' of heap 0x%x", id, heap));
    for (int sizeClass = 1; sizeClass <= classes.last(); sizeClass++) {
      Marker marker = new Marker(sizeClass, place, 0);
      tier.forEachWithheld(heap, sizeClass, marker);
      marker.requireCount(tier.withheldCount(heap, sizeClass));
      remoteBlocks += marker.count;
      remoteBytes += marker.count * classes.bytes(sizeClass);
    }
  }

  /** Marks the blocks that a box visits. A cycle ends at the first block that comes again. */
  private final class Marker implements IntConsumer {
    private final int sizeClass;
    private final char place;
    private final int owner;
    private long count;

    /** For blocks of one class; {@code owner} is the heap that must own their slabs, 0 = any. */
    Marker(int sizeClass, char place, int owner) {
      this.sizeClass = sizeClass;
      this.place = place;
      this.owner = owner;
    }

    @Override
    public void accept(int block) {
      WalkedSlab slab = slabOf(block, place);
      if (slab.sizeClass != sizeClass) {
        throw new HeapCorruption(
            "%s: block 0x%x is in the %s as one of size class %d",
            slab, memory.address(block), places.get(place), sizeClass);
      }
      if (owner != 0 && slab.owner != 0 && slab.owner != owner) {
        throw new HeapCorruption(
            "%s: block 0x%x is in the %s, which does not own the slab",
            slab, memory.address(block), places.get(place));
      }
      mark(slab, block, place);
      count++;
    }

    void requireCount(int said) {
      HeapCorruption.unless(
          said == count,
          "the %s counts %d blocks of size class %d and holds %d",
          places.get(place),
          said,
          sizeClass,
          count);
    }
  }

  private char addPlace(String name) {
    places.add(name);
    return (char) (places.size() - 1);
  }

  private WalkedSlab slabOf(int block, char place) {
    WalkedSlab slab = pageWalk.slabOf(block);
    if (slab == null) {
      throw new HeapCorruption(
          "block 0x%x, in the %s, lies in no slab", memory.address(block), places.get(place));
    }
    return slab;
  }

  private void mark(WalkedSlab slab, int block, char place) {
    if (!slab.isBlockStart(block)) {
      throw new HeapCorruption(
          "%s: 0x%x, in the %s, is not where a block begins",
          slab, memory.address(block), places.get(place));
    }
    int index = slab.indexOf(block);
    if (index >= slab.carved) {
      throw new HeapCorruption(
          "%s: block 0x%x, in the %s, is number %d; only %d are carved",
          slab, memory.address(block), places.get(place), index, slab.carved);
    }
    if (slab.placeOf[index] != WalkedSlab.USER) {
      throw new HeapCorruption(
          "%s: block 0x%x is in two places: %s, %s",
          slab, memory.address(block), places.get(slab.placeOf[index]), places.get(place));
    }
    slab.placeOf[index] = place;
  }

  private void compare(Ledger ledger) {
    long runBlocks = 0;
    long runBytes = 0;
    long mappedLive = 0;
    long mapped = 0;
    long mappedFree = 0;
    for (LargeTier tier : stack.largeTiers()) {
      if (tier.mappedBytes() > 0) {
        mapped += tier.mappedBytes();
        mappedFree += tier.freeBytes();
        mappedLive += tier.liveBytes();
        mappedBlocks += tier.liveBlocks();
      } else {
        runBlocks += tier.liveBlocks();
        runBytes += tier.liveBytes();
      }
    }
    int runs = pageWalk.usedOfRun().size();
    long usedOfRuns = pageWalk.usedOfRun().values().stream().mapToLong(Long::longValue).sum();
    HeapCorruption.unless(
        runBlocks == runs && runBytes == usedOfRuns,
        "the large tiers count %d blocks of %d B, the page table has %d runs of %d B",
        runBlocks,
        runBytes,
        runs,
        usedOfRuns);
    HeapCorruption.unless(ledger.isBalanced(), "the ledger does not add up: %s", ledger);
    long freePageBytes = pageWalk.freePages() * PageTable.PAGE_BYTES;
    same("live blocks", ledger.liveBlocks(), userBlocks + runs + mappedBlocks);
    same("live bytes", ledger.liveBytes(), userBytes + usedOfRuns + mappedLive);
    same("cached bytes", ledger.cachedBytes(), cachedBytes);
    same("remote bytes", ledger.remoteBytes(), remoteBytes);
    same("free bytes", ledger.freeBytes(), freeBytes + freePageBytes + mappedFree);
    long mappedSlack = mapped - mappedFree - mappedLive;
    same("slack bytes", ledger.slackBytes(), pageWalk.slackBytes() + mappedSlack);
  }

  private static void same(String what, long ledger, long walked) {
    HeapCorruption.unless(
        ledger == walked, "the ledger has %d %s, the walk found %d", ledger, what, walked);
  }

  /** Compares the blocks in user hands with those that the caller has. */
  void compareLive(long[] addresses) {
    Set<Long> given = new HashSet<>();
    for (long address : addresses) {
      HeapCorruption.unless(given.add(address), "0x%x was handed out twice", address);
      HeapCorruption.unless(isLive(address), "0x%x was handed out, yet is no live block", address);
    }
    for (WalkedSlab slab : pageWalk.slabs()) {
      for (int index = 0; index < slab.carved; index++) {
        if (slab.placeOf[index] == WalkedSlab.USER && !given.contains(slab.addressAt(index))) {
          throw new HeapCorruption(
              "%s: block 0x%x is lost: in no list, in no cache and not in user hands",
              slab, slab.addressAt(index));
        }
      }
    }
    for (int run : pageWalk.usedOfRun().keySet()) {
      long address = memory.address(run);
      HeapCorruption.unless(
          given.contains(address), "run 0x%x is lost: it is not in user hands", address);
    }
    long live = userBlocks + pageWalk.usedOfRun().size() + mappedBlocks;
    HeapCorruption.unless(
        live == given.size(),
        "the large tiers count %d blocks outside of the reservation, %d were handed out",
        mappedBlocks,
        given.size() - live + mappedBlocks);
  }

  private boolean isLive(long address) {
    long offset = address - memory.base();
    if (Long.compareUnsigned(offset, stack.pageRuns().endOffset()) >= 0) {
      return stack.largeTiers().stream().anyMatch(tier -> tier.usableSize(address) > 0);
    }
    if (offset % Memory.UNIT_BYTES != 0) {
      return false;
    }
    int block = Memory.refOfOffset(offset);
    WalkedSlab slab = pageWalk.slabOf(block);
    return slab == null ? pageWalk.usedOfRun().containsKey(block) : slab.isUserBlock(block);
  }
}
