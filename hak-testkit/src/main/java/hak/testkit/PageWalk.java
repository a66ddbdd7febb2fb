package hak.testkit;

import hak.core.inside.StackView;
import hak.core.memory.Memory;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.SizeClasses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The first half of a heap walk: that superslab states and page descriptors agree, and which slabs
 * and runs there are.
 */
final class PageWalk {
  private static final int PAGE_UNITS_SHIFT = PageTable.PAGE_SHIFT - Memory.UNIT_SHIFT;

  private final Memory memory;
  private final PageTable pages;
  private final PageRuns pageRuns;
  private final SizeClasses classes;

  /** Number of the first page of the first superslab, counted from the base. */
  private final int firstPage;

  private final WalkedSlab[] slabOfPage;
  private final List<WalkedSlab> slabs = new ArrayList<>();
  private final Map<Integer, Long> usedOfRun = new HashMap<>();
  private final Set<Integer> heaps = new HashSet<>();
  private int superslabs;
  private int emptySuperslabs;
  private long freePages;
  private long slackBytes;

  /** Walks the pages of a stack. */
  PageWalk(StackView stack) {
    memory = stack.memory();
    pages = stack.pages();
    pageRuns = stack.pageRuns();
    classes = stack.sizeClasses();
    int end = pageRuns.superslabEnd();
    firstPage = pageRuns.firstSuperslab() * PageRuns.PAGES;
    slabOfPage = new WalkedSlab[end * PageRuns.PAGES - firstPage];
    for (int heap : stack.heaps()) {
      heaps.add(heap);
    }
    for (int superslab = pageRuns.firstSuperslab(); superslab < end; superslab++) {
      walkSuperslab(superslab);
    }
  }

  private void walkSuperslab(int superslab) {
    boolean inUse = pageRuns.status(superslab) == PageRuns.IN_USE;
    if (inUse) {
      superslabs++;
    } else {
      emptySuperslabs++;
      checkEmpty(superslab);
    }
    int claimed = inUse ? pageRuns.claimed(superslab) : 0;
    int touched = pageRuns.touched(superslab);
    int runEnd = 0;
    for (int index = 0; index < PageRuns.PAGES; index++) {
      boolean isTouched = (touched & (1 << index)) != 0;
      checkDenseClass(superslab, index);
      if ((claimed & (1 << index)) != 0) {
        HeapCorruption.unless(
            isTouched, "%s is claimed, yet untouched", new Page(superslab, index));
        if (index < runEnd) {
          checkFree(new Page(superslab, index), "is not the first page of its run");
        } else {
          runEnd = walkPage(new Page(superslab, index));
        }
      } else {
        checkFree(new Page(superslab, index), "is nobody's");
        HeapCorruption.unless(
            index >= runEnd, "%s is nobody's, yet part of a run", new Page(superslab, index));
        freePages += isTouched ? 1 : 0;
      }
    }
  }

  private void checkFree(Page page, String why) {
    HeapCorruption.unless(
        pages.kind(page.descriptor()) == PageTable.FREE
            && pages.sizeClass(page.descriptor()) == 0
            && pages.groupBack(page.descriptor()) == 0,
        "%s %s, yet described as of kind %d and size class %d",
        page,
        why,
        pages.kind(page.descriptor()),
        pages.sizeClass(page.descriptor()));
  }

  private void checkDenseClass(int superslab, int index) {
    int dense = pages.sizeClassOf(pageRuns.pageAt(superslab, index));
    int described = pages.sizeClass(descriptorAt(superslab, index));
    HeapCorruption.unless(
        dense == described,
        "%s has size class %d in the dense table and %d in its descriptor",
        new Page(superslab, index),
        dense,
        described);
  }

  private void checkEmpty(int superslab) {
    int status = pageRuns.status(superslab);
    HeapCorruption.unless(
        status == PageRuns.PARKED || status == PageRuns.PURGED,
        "superslab %d has status %d",
        superslab,
        status);
    HeapCorruption.unless(
        pageRuns.claimed(superslab) == -1,
        "superslab %d is empty, yet its pages can be claimed: 0x%x",
        superslab,
        pageRuns.claimed(superslab));
    HeapCorruption.unless(
        status == PageRuns.PARKED || pageRuns.touched(superslab) == 0,
        "superslab %d is purged, yet its pages have memory: 0x%x",
        superslab,
        pageRuns.touched(superslab));
  }

  /** A page by its place; in messages also by its address. */
  private final class Page {
    final int superslab;
    final int index;

    Page(int superslab, int index) {
      this.superslab = superslab;
      this.index = index;
    }

    int ref() {
      return pageRuns.pageAt(superslab, index);
    }

    int descriptor() {
      return pages.descriptorOf(ref());
    }

    @Override
    public String toString() {
      return String.format(
          "page 0x%x (page %d of superslab %d)", memory.address(ref()), index, superslab);
    }
  }

  private int descriptorAt(int superslab, int index) {
    return pages.descriptorOf(pageRuns.pageAt(superslab, index));
  }

  /** One of a slab or the first of a run; the index of the first page after the run. */
  private int walkPage(Page page) {
    byte kind = pages.kind(page.descriptor());
    HeapCorruption.unless(
        kind == PageTable.SLAB || kind == PageTable.RUN,
        "%s is claimed, yet described as of kind %d",
        page,
        kind);
    int back = pages.headBack(page.descriptor());
    HeapCorruption.unless(
        back >= 0 && back <= page.index,
        "%s says that its head is %d pages before it, outside of its superslab",
        page,
        back);
    if (back == 0) {
      return walkHead(page);
    }
    int head = descriptorAt(page.superslab, page.index - back);
    HeapCorruption.unless(
        pages.headBack(head) == 0 && pages.pages(head) > back,
        "%s says that its head is %d pages before it, which is no head of a slab so long",
        page,
        back);
    return page.index + 1;
  }

  private int walkHead(Page page) {
    int head = page.descriptor();
    int count = pages.pages(head);
    HeapCorruption.unless(
        count >= 1 && page.index + count <= PageRuns.PAGES,
        "%s is the head of a run of %d pages, beyond its superslab",
        page,
        count);
    long bytes = (long) count * PageTable.PAGE_BYTES;
    if (pages.kind(head) == PageTable.RUN) {
      addRun(page, bytes);
      return page.index + count;
    }
    for (int i = 1; i < count; i++) {
      int descriptor = descriptorAt(page.superslab, page.index + i);
      HeapCorruption.unless(
          pages.headBack(descriptor) == i
              && pages.kind(descriptor) == pages.kind(head)
              && pages.sizeClass(descriptor) == pages.sizeClass(head),
          "%s does not agree with the head of its slab, %d pages before it",
          new Page(page.superslab, page.index + i),
          i);
    }
    addSlab(page, bytes);
    return page.index + 1;
  }

  private void addRun(Page page, long bytes) {
    long used = pages.usedBytes(page.descriptor());
    HeapCorruption.unless(
        pages.sizeClass(page.descriptor()) == 0 && used >= 0 && used <= bytes,
        "%s is a run of %d B of which %d are used, with size class %d",
        page,
        bytes,
        used,
        pages.sizeClass(page.descriptor()));
    usedOfRun.put(page.ref(), used);
    slackBytes += bytes - used;
  }

  private void addSlab(Page page, long bytes) {
    int descriptor = page.descriptor();
    int sizeClass = pages.sizeClass(descriptor);
    HeapCorruption.unless(
        sizeClass >= 1 && sizeClass <= classes.last(),
        "%s is a slab of size class %d; there are 1..%d",
        page,
        sizeClass,
        classes.last());
    int blockBytes = classes.bytes(sizeClass);
    int strideBytes = classes.strideBytes(sizeClass);
    int head = classes.headBytes(sizeClass);
    int carved = pages.carved(descriptor);
    int capacity = pages.capacity(descriptor);
    int owner = pages.owner(descriptor);
    HeapCorruption.unless(
        carved >= 0 && carved <= capacity && (long) capacity * strideBytes <= bytes,
        "slab 0x%x (size class %d, %d B): %d blocks carved, %d possible, in %d B",
        memory.address(page.ref()),
        sizeClass,
        blockBytes,
        carved,
        capacity,
        bytes);
    WalkedSlab slab =
        new WalkedSlab(
            descriptor,
            memory.address(page.ref()) + head,
            page.ref() + head / Memory.UNIT_BYTES,
            sizeClass,
            blockBytes,
            strideBytes,
            carved,
            capacity,
            owner);
    HeapCorruption.unless(
        owner == 0 || heaps.contains(owner),
        "%s belongs to 0x%x, which is no thread heap",
        slab,
        owner);
    slabs.add(slab);
    slackBytes += bytes - (long) capacity * blockBytes;
    int first = page.superslab * PageRuns.PAGES + page.index - firstPage;
    for (int i = 0; i < pages.pages(descriptor); i++) {
      slabOfPage[first + i] = slab;
    }
  }

  /** The slab that holds {@code block}; null when none does. */
  WalkedSlab slabOf(int block) {
    int page = (block >>> PAGE_UNITS_SHIFT) - firstPage;
    return page >= 0 && page < slabOfPage.length ? slabOfPage[page] : null;
  }

  List<WalkedSlab> slabs() {
    return slabs;
  }

  /** Bytes asked for of each run, by the ref of its first page. */
  Map<Integer, Long> usedOfRun() {
    return usedOfRun;
  }

  /** Superslabs that tiers claim from. */
  int superslabs() {
    return superslabs;
  }

  /** Superslabs that are parked or purged. */
  int emptySuperslabs() {
    return emptySuperslabs;
  }

  /** Pages that nobody claims and that may have memory behind them. */
  long freePages() {
    return freePages;
  }

  /** What runs and slabs have and their blocks do not. */
  long slackBytes() {
    return slackBytes;
  }
}
