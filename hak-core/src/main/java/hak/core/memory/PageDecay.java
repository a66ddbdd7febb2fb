package hak.core.memory;

import java.util.Arrays;

/**
 * Gives back memory that was free at three looks in a row and in no use between them: pages of
 * superslabs that are in use, and superslabs that sources keep. Free pages beyond what the stack
 * may keep go at once. One thread at a time.
 *
 * <p>Looks alone would not do: a program that fills and empties its heap every few milliseconds has
 * most pages free at most moments. So whoever claims pages leaves a mark.
 */
public final class PageDecay {
  private static final int ALL = -1;

  private final PageRuns runs;

  /** For each superslab the pages that were free, with memory, at the last look. */
  private int[] last = {};

  /** And at the one before as well, and in no use between. */
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
    int idle = 0;
    long freeBytes = 0;
    for (int i = 0; i < count; i++) {
      int superslab = runs.firstSuperslab() + i;
      int unused = ~runs.takeUsed(superslab);
      if (isParked(superslab)) {
        parked++;
        idle += unused == ALL ? 1 : 0;
      }
      int free = freeWithMemory(superslab);
      freeBytes += (long) Integer.bitCount(free) << PageTable.PAGE_SHIFT;
      int old = runs.mayKeep(freeBytes) ? free & unused & lastTwo[i] : free;
      if (old != 0) {
        runs.purgeFree(superslab, old);
      }
      lastTwo[i] = free & unused & last[i];
      last[i] = free;
    }
    int given = runs.decayExcess();
    runs.decaySources(Math.min(idle, parkedLastTwo) - given);
    parkedLastTwo = Math.min(idle, parkedLast);
    parkedLast = parked;
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
