package hak.core.memory;

import java.util.Arrays;

/**
 * Gives back memory that was free at three looks in a row: pages of superslabs that are in use, and
 * superslabs that sources keep. What is taken and freed between looks may count as free all along;
 * where looks are far apart, {@link #note} between them sees what is in use meanwhile. Free pages
 * beyond what the stack may keep go at once. One thread at a time.
 *
 * <p>Looking and not noting times: whoever claims and releases pays nothing.
 */
public final class PageDecay {
  private final PageRuns runs;

  /** For each superslab the pages that were free, with memory, at the last look. */
  private int[] last = {};

  /** And at the one before as well. */
  private int[] lastTwo = {};

  private int parkedLast;
  private int parkedLastTwo;

  /** Nothing seen yet. */
  public PageDecay(PageRuns runs) {
    this.runs = runs;
  }

  /** Looks, and gives back what was free the last times. Needs {@link StackRoom#forCall}. */
  public void look() {
    int count = runs.superslabCount();
    if (count > last.length) {
      int[] longer = Arrays.copyOf(last, count);
      lastTwo = Arrays.copyOf(lastTwo, count);
      last = longer;
    }
    int parked = 0;
    long freeBytes = 0;
    for (int i = 0; i < count; i++) {
      int superslab = runs.firstSuperslab() + i;
      parked += isParked(superslab) ? 1 : 0;
      int free = freeWithMemory(superslab);
      freeBytes += (long) Integer.bitCount(free) << PageTable.PAGE_SHIFT;
      int old = runs.mayKeep(freeBytes) ? free & lastTwo[i] : free;
      if (old != 0) {
        runs.purgeFree(superslab, old);
      }
      lastTwo[i] = free & last[i];
      last[i] = free;
    }
    int given = runs.decayExcess();
    runs.decaySources(Math.min(parked, parkedLastTwo) - given);
    parkedLastTwo = Math.min(parked, parkedLast);
    parkedLast = parked;
  }

  /** Takes note of what is in use between two looks: it was not free all along. */
  public void note() {
    int count = runs.superslabCount();
    int parked = 0;
    for (int i = 0; i < count; i++) {
      int superslab = runs.firstSuperslab() + i;
      parked += isParked(superslab) ? 1 : 0;
      if (i < last.length) {
        int free = freeWithMemory(superslab);
        last[i] &= free;
        lastTwo[i] &= free;
      }
    }
    parkedLast = Math.min(parkedLast, parked);
    parkedLastTwo = Math.min(parkedLastTwo, parked);
  }

  private boolean isParked(int superslab) {
    return runs.status(superslab) == PageRuns.PARKED && runs.touched(superslab) != 0;
  }

  /** Pages of a superslab in use that are free and have memory. */
  private int freeWithMemory(int superslab) {
    return runs.status(superslab) == PageRuns.IN_USE
        ? runs.touched(superslab) & ~runs.claimed(superslab)
        : 0;
  }
}
