package hak.bench.latency;

import hak.bench.measure.ThreadStatus;
import hak.core.HakAllocator;
import hak.core.Ledger;
import hak.core.inside.StackView;
import hak.core.memory.PageRuns;

/**
 * What changes in the running thread and in a stack while something is done. The stack's tables,
 * whose reading faults pages in and makes system calls, are read outside of all else:
 *
 * <pre>
 * tables, system calls, thread | what is done | thread, system calls, tables
 * </pre>
 */
final class Surroundings {
  private final HakAllocator stack;
  private final StackView view;
  private Tables before;
  private Tables after;
  private long systemCalls;
  private ThreadStatus.Counts thread;

  /** What the tables of a stack say. */
  private record Tables(Ledger ledger, long claimedPages) {
    static Tables of(HakAllocator stack, StackView view) {
      return new Tables(stack.stats(), claimedPages(view.pageRuns()));
    }

    private static long claimedPages(PageRuns runs) {
      long pages = 0;
      for (int superslab = runs.firstSuperslab(); superslab < runs.superslabEnd(); superslab++) {
        pages += Integer.bitCount(runs.claimed(superslab));
      }
      return pages;
    }
  }

  /** Of a stack. */
  Surroundings(HakAllocator stack) {
    this.stack = stack;
    this.view = StackView.of(stack);
  }

  /** Does something, and takes stock before and after. */
  void look(Runnable done) {
    try (ThreadStatus begin = ThreadStatus.ofCurrentThread();
        ThreadStatus end = ThreadStatus.ofCurrentThread()) {
      end.read(); // what reading needs the first time is there after this
      before = Tables.of(stack, view);
      long callsBefore = view.systemCalls();
      begin.read();
      done.run();
      end.read();
      systemCalls = view.systemCalls() - callsBefore;
      after = Tables.of(stack, view);
      thread = end.counts().since(begin.counts());
    }
  }

  /**
   * What changed in the last {@link #look}, in which there was one call.
   *
   * @param mostBytes bytes of the blocks of its size class
   * @param isFree whether it was a free
   * @param hasClass whether its size has a class, so that caches may take part
   */
  LatencyReport.Cause cause(long mostBytes, boolean isFree, boolean hasClass) {
    Ledger one = before.ledger();
    Ledger other = after.ledger();
    long cached = other.cachedBytes() - one.cachedBytes();
    return new LatencyReport.Cause(
        systemCalls,
        thread.pageFaults(),
        thread.waits(),
        thread.interruptions(),
        other.committedBytes() - one.committedBytes(),
        after.claimedPages() - before.claimedPages(),
        cached,
        other.remoteBytes() - one.remoteBytes(),
        other.purgedBytes() - one.purgedBytes(),
        hasClass && cached == (isFree ? mostBytes : -mostBytes));
  }
}
