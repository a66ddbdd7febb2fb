package hak.box.purgedelay;

import hak.core.memory.PageRuns;
import java.util.Arrays;

/**
 * Which pages of the pool are free, and since when, seen window by window. Nobody who allocates
 * pays for it: what is claimed and what has memory is read from the states of the superslabs.
 *
 * <pre>
 *   in use     claimed, in a superslab that is in use
 *   idle       was in use in a window before and is free now; its age is the windows since
 *   back       was idle at the last look and is in use now
 *   faulted    is back, and had no memory at the last look
 * </pre>
 *
 * <p>Ages do not depend on whether the page has memory, so they say what every delay would have
 * done. What is taken and freed between two looks is not seen, as the housekeeper does not see it
 * either. For one thread.
 */
final class IdlePages {
  /** What a look sees, a page at a time. */
  interface Visitor {
    /**
     * A page is free.
     *
     * @param age windows for which it has been free, 0 in the first
     * @param hasMemory whether it is kept
     */
    void idle(int age, boolean hasMemory);

    /**
     * A page that was free is in use again.
     *
     * @param age windows for which it was free, 1 or more
     * @param hadMemory whether it had been kept
     */
    void back(int age, boolean hadMemory);
  }

  /** To look without seeing. */
  static final Visitor NOBODY =
      new Visitor() {
        @Override
        public void idle(int age, boolean hasMemory) {}

        @Override
        public void back(int age, boolean hadMemory) {}
      };

  private final PageRuns runs;
  private int window;

  /** By superslab: pages that were in use at some look, at the last one, and those with memory. */
  private int[] everUsed = {};

  private int[] lastUsed = {};
  private int[] lastTouched = {};

  /** By page: the window in which it was first seen free. */
  private int[] freeSince = {};

  IdlePages(PageRuns runs) {
    this.runs = runs;
  }

  /**
   * Looks.
   *
   * @param windows how many windows have passed since the last look, 1 or more
   */
  void look(int windows, Visitor visitor) {
    int count = runs.superslabCount();
    if (count > everUsed.length) {
      int[] longer = Arrays.copyOf(everUsed, count);
      lastUsed = Arrays.copyOf(lastUsed, count);
      lastTouched = Arrays.copyOf(lastTouched, count);
      freeSince = Arrays.copyOf(freeSince, count * PageRuns.PAGES);
      everUsed = longer;
    }
    window += windows;
    for (int i = 0; i < count; i++) {
      see(i, visitor);
    }
  }

  private void see(int index, Visitor visitor) {
    int superslab = runs.firstSuperslab() + index;
    int touched = runs.touched(superslab);
    int used = runs.status(superslab) == PageRuns.IN_USE ? runs.claimed(superslab) : 0;
    int first = index * PageRuns.PAGES;
    int freed = lastUsed[index] & ~used;
    for (int left = freed; left != 0; left &= left - 1) {
      freeSince[first + Integer.numberOfTrailingZeros(left)] = window;
    }
    int back = everUsed[index] & ~lastUsed[index] & used;
    for (int left = back; left != 0; left &= left - 1) {
      int page = Integer.numberOfTrailingZeros(left);
      int age = window - freeSince[first + page];
      visitor.back(age, (lastTouched[index] >>> page & 1) != 0);
    }
    int idle = everUsed[index] & ~used;
    for (int left = idle; left != 0; left &= left - 1) {
      int page = Integer.numberOfTrailingZeros(left);
      int age = window - freeSince[first + page];
      visitor.idle(age, (touched >>> page & 1) != 0);
    }
    everUsed[index] |= used;
    lastUsed[index] = used;
    lastTouched[index] = touched;
  }
}
