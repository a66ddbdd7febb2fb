package hak.big;

/**
 * Free extents that still have their memory, by the time of their free: the oldest is the first to
 * lose it. What is merged is as old as its oldest part, so that memory goes back in time however
 * busy its neighbours are.
 *
 * <pre>
 *   oldest <-> ... <-> newest        times ascend
 * </pre>
 */
final class DirtyList implements Extents.Rows {
  private static final int NONE = Extents.NONE;

  private long[] freedNanos = new long[0];
  private int[] older = new int[0];
  private int[] newer = new int[0];
  private int oldest = NONE;
  private int newest = NONE;

  /** Empty. */
  DirtyList(int capacity) {
    grow(capacity);
  }

  @Override
  public void grow(int capacity) {
    freedNanos = Extents.atLeast(freedNanos, capacity);
    older = Extents.atLeast(older, capacity);
    newer = Extents.atLeast(newer, capacity);
  }

  /** Takes in what was freed last; a clock of another thread may be a little behind. */
  void append(int extent, long nowNanos) {
    boolean behind = newest != NONE && freedNanos[newest] - nowNanos > 0;
    freedNanos[extent] = behind ? freedNanos[newest] : nowNanos;
    link(newest, extent, NONE);
  }

  /** Takes in a part that was split from {@code extent}. */
  void insertBeside(int extent, int part) {
    freedNanos[part] = freedNanos[extent];
    link(extent, part, newer[extent]);
  }

  /** Takes out {@code second}, which becomes part of {@code first}. */
  void merge(int first, int second) {
    if (freedNanos[second] - freedNanos[first] < 0) {
      remove(first);
      freedNanos[first] = freedNanos[second];
      link(older[second], first, second);
    }
    remove(second);
  }

  /** Takes out an extent. */
  void remove(int extent) {
    int previous = older[extent];
    int next = newer[extent];
    if (previous == NONE) {
      oldest = next;
    } else {
      newer[previous] = next;
    }
    if (next == NONE) {
      newest = previous;
    } else {
      older[next] = previous;
    }
  }

  private void link(int previous, int extent, int next) {
    older[extent] = previous;
    newer[extent] = next;
    if (previous == NONE) {
      oldest = extent;
    } else {
      newer[previous] = extent;
    }
    if (next == NONE) {
      newest = extent;
    } else {
      older[next] = extent;
    }
  }

  /** The extent that was freed first; NONE = there is none. */
  int oldest() {
    return oldest;
  }

  /** When an extent was freed, on the clock of {@link System#nanoTime}. */
  long freedNanos(int extent) {
    return freedNanos[extent];
  }
}
