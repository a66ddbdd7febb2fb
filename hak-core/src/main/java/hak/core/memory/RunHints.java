package hak.core.memory;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Where searches for free runs begin: for each length the first superslab that may have one. Any
 * thread may call at any time, without a lock, so these are hints: before the pool grows, one
 * search is from the start.
 *
 * <p>A longer run begins no earlier than a shorter one, as what has room for the one has room for
 * the other. So who raises the hint of a length raises those of longer ones with it, and a run that
 * becomes free lowers its own and those of shorter ones, until one is low enough.
 */
final class RunHints {
  /** So many cells before the first and after the last, that no other object is on their lines. */
  private static final int MARGIN = 16;

  private static final int END = MARGIN + PageRuns.PAGES + 1;

  private final AtomicIntegerArray hints = new AtomicIntegerArray(END + MARGIN);

  /** Every search begins at a superslab. */
  RunHints(int first) {
    for (int cell = MARGIN; cell < END; cell++) {
      hints.set(cell, first);
      hints.compareAndSet(cell, first, first); // links it, as in Memory
    }
  }

  /** Where to look for a run of so many pages, 1 to {@link PageRuns#PAGES}. */
  int of(int length) {
    return hints.get(MARGIN + length);
  }

  /** Who began at the hint found no run of so many pages before a superslab. */
  void noneBefore(int length, int superslab) {
    hints.set(MARGIN + length, superslab);
    for (int longer = MARGIN + length + 1; longer < END; longer++) {
      if (hints.get(longer) >= superslab) {
        return;
      }
      hints.set(longer, superslab);
    }
  }

  /** There is a free run of so many pages in a superslab; of 0, none. */
  void lower(int length, int superslab) {
    for (int cell = MARGIN + length; cell > MARGIN; cell--) {
      int hint = hints.get(cell);
      if (superslab >= hint) {
        return;
      }
      while (superslab < hint && !hints.compareAndSet(cell, hint, superslab)) {
        hint = hints.get(cell);
      }
    }
  }
}
