package hak.core.memory;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Where searches for free runs begin: for each length the first superslab that may have one. Any
 * thread may call at any time, without a lock, so these are hints: before the pool grows, one
 * search is from the start.
 *
 * <p>A longer run begins no earlier than a shorter one, as what has room for the one has room for
 * the other. So a search that raises the hint of its length raises those of longer ones with it,
 * and pages that become free lower those of the longest run that they are in, and of shorter ones,
 * until one is low enough.
 */
final class RunHints {
  private final AtomicIntegerArray hints = new AtomicIntegerArray(PageRuns.PAGES + 1);

  /** Every search begins at a superslab. */
  RunHints(int first) {
    for (int length = 0; length < hints.length(); length++) {
      hints.set(length, first);
      hints.compareAndSet(length, first, first); // links it, as in Memory
    }
  }

  /** Where to look for a run of so many pages, 1 to {@link PageRuns#PAGES}. */
  int of(int length) {
    return hints.get(length);
  }

  /** Who began at the hint found a run of so many pages in a superslab, and none before. */
  void found(int length, int superslab) {
    hints.set(length, superslab);
    for (int longer = length + 1; longer < hints.length(); longer++) {
      if (hints.get(longer) >= superslab) {
        return;
      }
      hints.set(longer, superslab);
    }
  }

  /**
   * Pages of a superslab became free.
   *
   * @param free the bits of all that are free there now
   */
  void lower(int superslab, int free) {
    for (int length = PageBits.longestRun(free); length > 0; length--) {
      int hint = hints.get(length);
      if (superslab >= hint) {
        return;
      }
      while (superslab < hint && !hints.compareAndSet(length, hint, superslab)) {
        hint = hints.get(length);
      }
    }
  }
}
