package hak.learn.pattern;

import java.util.Arrays;

/**
 * The last windows of one size class.
 *
 * <pre>
 *   live(window) = live(window before) + allocations - frees, 0 at least
 * </pre>
 *
 * <p>A ring of windows; where the class is busier than the ring remembers, what counts as quiet
 * follows by and by.
 */
final class ClassHistory {
  /** A window is quiet that has fewer calls than this part of the busiest. */
  private static final double QUIET_PART = 0.02;

  /** How much of the calls of the busiest window is left after another one. */
  private static final double FADING = 0.99;

  /** One of so many windows at either end is not looked at for the swing. */
  private static final int OUTSIDE_PART = 10;

  /** The sums of one window. */
  private static final class Window {
    private long allocations;
    private long freeHits;
    private long frees;
    private long retired;
    private long inUse;
    private double peak;
    private double utilisation;

    /** At its end. */
    private long live;

    private void clear() {
      allocations = 0;
      freeHits = 0;
      frees = 0;
      retired = 0;
      inUse = 0;
      peak = 0;
      utilisation = 0;
    }
  }

  private final Window[] ring;
  private long ended;
  private double busiest;
  private int quiet;

  /** Blocks in use before the oldest window that is remembered. */
  private long liveBefore;

  private long live;

  /** Remembers so many windows. */
  ClassHistory(int windows) {
    ring = new Window[windows];
    for (int i = 0; i < windows; i++) {
      ring[i] = new Window();
    }
  }

  private Window current() {
    return ring[(int) (ended % ring.length)];
  }

  /** Takes in what is possible. */
  void add(SlabUse use) {
    addCalls(use);
    Window window = current();
    window.peak += use.peak();
    if (use.retired()) {
      window.retired++;
    } else {
      window.inUse++;
      window.utilisation += use.utilisation();
    }
  }

  /** Takes in the calls of what is possible, and no slab. */
  void addCalls(SlabUse use) {
    Window window = current();
    window.allocations += use.allocations();
    window.freeHits += use.freeHits();
    window.frees += use.frees();
  }

  /** Ends the window; {@link #metrics} has it from now on. */
  void endWindow() {
    Window window = current();
    live = Math.max(0, live + window.allocations - window.frees);
    window.live = live;
    double calls = (double) window.allocations + window.frees;
    busiest = Math.max(calls, busiest * FADING);
    quiet = calls <= busiest * QUIET_PART ? quiet + 1 : 0;
    ended++;
  }

  /** Makes room for the next window; after {@link #metrics} was asked. */
  void beginWindow() {
    if (ended >= ring.length) {
      liveBefore = current().live;
    }
    current().clear();
  }

  /** The allocations of the windows that are remembered. */
  long allocations() {
    long sum = 0;
    for (int i = 0; i < remembered(); i++) {
      sum += ring[i].allocations;
    }
    return sum;
  }

  private int remembered() {
    return (int) Math.min(ended, ring.length);
  }

  /**
   * What the class did in the windows that are remembered.
   *
   * @param allocationsOfAll of all classes in those windows
   */
  Metrics metrics(long allocationsOfAll) {
    long allocations = 0;
    long freeHits = 0;
    long frees = 0;
    long retired = 0;
    long inUse = 0;
    double peak = 0;
    double utilisation = 0;
    for (int i = 0; i < remembered(); i++) {
      Window window = ring[i];
      allocations += window.allocations;
      freeHits += window.freeHits;
      frees += window.frees;
      retired += window.retired;
      inUse += window.inUse;
      peak += window.peak;
      utilisation += window.utilisation;
    }
    long inUseNow = ended == 0 ? 0 : ring[(int) ((ended - 1) % ring.length)].inUse;
    long[] ends = ends();
    return new Metrics(
        remembered(),
        allocations,
        frees,
        allocationsOfAll == 0 ? 0 : (double) allocations / allocationsOfAll,
        ratio(10_000.0 * freeHits, allocations),
        ratio((double) retired, retired + inUseNow),
        ratio(peak, retired + inUse),
        ratio(utilisation, inUse),
        ratio((double) Math.max(0, live - liveBefore), allocations),
        trend(ends),
        swing(ends),
        live,
        quiet);
  }

  /** The numbers of blocks at the ends of windows, the oldest first. */
  private long[] ends() {
    long[] ends = new long[remembered()];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = ring[(int) ((ended - ends.length + i) % ring.length)].live;
    }
    return ends;
  }

  private static double trend(long... ends) {
    int rises = 0;
    int pairs = 0;
    for (int later = 1; later < ends.length; later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        rises += Long.compare(ends[later], ends[earlier]);
        pairs++;
      }
    }
    return ratio(rises, pairs);
  }

  /**
   * Of the numbers of blocks at the ends of windows, a tenth at either end is left out: how a
   * program begins is no swing.
   */
  private static double swing(long... ends) {
    long[] sorted = ends.clone();
    Arrays.sort(sorted);
    int outside = sorted.length / OUTSIDE_PART;
    long most = sorted.length == 0 ? 0 : sorted[sorted.length - 1 - outside];
    return ratio(most == 0 ? 0 : (double) most - sorted[outside], most);
  }

  private static double ratio(double part, long whole) {
    return whole == 0 ? Double.NaN : part / whole;
  }
}
