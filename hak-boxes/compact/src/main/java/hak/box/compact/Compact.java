package hak.box.compact;

import hak.core.memory.ClassRange;
import hak.core.memory.PageRuns;
import hak.core.spi.SlabPlacement;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Two groups of size classes, each with superslabs of its own, for all heaps. Who claims the first
 * slab in a superslab that nobody used makes it one of his group. Where memory is at its end the
 * groups share.
 *
 * @param small the classes of the one group; the others are the other
 * @param groups of each superslab, by number, {@link #SMALL}, {@link #LARGE} or 0 = neither
 */
record Compact(PageRuns pageRuns, ClassRange small, AtomicIntegerArray groups)
    implements SlabPlacement {
  private static final int SMALL = 1;
  private static final int LARGE = 2;

  private int groupOf(int sizeClass) {
    return small.has(sizeClass) ? SMALL : LARGE;
  }

  @Override
  public int next(int heap, int sizeClass, int previous) {
    if (previous == ANOTHER) {
      return NONE;
    }
    int group = groupOf(sizeClass);
    int end = pageRuns.superslabEnd();
    for (int superslab = previous + 1; superslab < end; superslab++) {
      if (groups.getPlain(superslab) == group) {
        return superslab;
      }
    }
    return ANOTHER;
  }

  @Override
  public void claimed(int heap, int sizeClass, int superslab, boolean first) {
    if (first) {
      groups.set(superslab, groupOf(sizeClass));
    } else {
      groups.compareAndSet(superslab, 0, groupOf(sizeClass));
    }
  }
}
