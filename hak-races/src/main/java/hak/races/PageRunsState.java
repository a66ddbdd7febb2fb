package hak.races;

import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import java.util.concurrent.atomic.AtomicInteger;

/** One superslab, and a source that counts how often it is offered and gives it out again. */
class PageRunsState {
  static final int NOTHING = 0;

  final Slots.Slot slot = Slots.take();
  final PageTable pages = slot.pages();
  final PageRuns pageRuns = slot.pageRuns();
  final AtomicInteger retired = new AtomicInteger();
  final AtomicInteger parked = new AtomicInteger();

  PageRunsState() {
    pageRuns.connect(new PageRuns.Source[] {new Counting()}, null, () -> {});
  }

  /** Keeps the superslab when it is offered. */
  private final class Counting implements PageRuns.Source {
    @Override
    public int acquire() {
      return parked.compareAndSet(1, 0) ? slot.superslab() : -1;
    }

    @Override
    public boolean retire(int superslab) {
      retired.incrementAndGet();
      parked.incrementAndGet();
      return true;
    }

    @Override
    public void trim() {}
  }

  /** Claims and describes a run; the descriptor of its head, or nothing. */
  int claim(int count) {
    int page = pageRuns.claim(count);
    return page == 0 ? NOTHING : pages.describe(page, count, PageTable.RUN, 0, 0, 1);
  }

  /** The pages of a run as bits. */
  int bits(int run) {
    if (run == NOTHING) {
      return 0;
    }
    int count = pages.pages(run);
    int first = Integer.divideUnsigned(run - slot.descriptor(0), PageTable.DESCRIPTOR_BYTES / 8);
    return (int) (((1L << count) - 1) << first);
  }

  /** The pages that are claimed as bits; none when the superslab is empty and parked. */
  int claimed() {
    return parked.get() == 1 ? 0 : pageRuns.claimed(slot.superslab());
  }
}
