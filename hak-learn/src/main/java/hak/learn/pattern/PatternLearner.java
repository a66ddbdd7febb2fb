package hak.learn.pattern;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Says of each size class how its blocks come and go, and who should serve them, from statistics at
 * the retire of slabs: HAKMEM's "Learner v2", for all classes and by several metrics.
 *
 * <pre>
 *   add          statistics of a slab             ClassHistory
 *   endWindow    metrics of the last windows      ClassHistory -> Metrics
 *                a vote of each class             PatternRules
 *                pattern and route, if they last  ClassJudge
 * </pre>
 *
 * <p>Memory is bounded: for each class so many windows, whatever is told. For one thread; time is
 * the number of windows.
 */
public final class PatternLearner {
  /** Less than this share of the cost is no reason for another provider. */
  public static final double LEAST_GAIN = 0.01;

  /** How many windows are usually remembered. */
  public static final int USUAL_WINDOWS = 16;

  private static final int MOST_WINDOWS = 256;

  private final ClassHistory[] histories;
  private final ClassJudge[] judges;
  private long leftOut;
  private long ended;

  /**
   * Begins without a window: every pattern is {@link Pattern#UNKNOWN}.
   *
   * @param lastClass classes are numbered from 1 to this; 1 or more
   * @param costs what providers cost
   * @param firstRoute the number of the provider that serves all classes now
   * @param windows how many windows are remembered and count alike: 1 to 256
   * @throws IllegalArgumentException if there is no class or no such provider, or the windows are
   *     out of range
   */
  public PatternLearner(int lastClass, RouteCosts costs, int firstRoute, int windows) {
    if (lastClass < 1) {
      throw new IllegalArgumentException(lastClass + " size classes; there must be 1 or more");
    }
    if (firstRoute < 0 || firstRoute >= costs.providers().size()) {
      throw new IllegalArgumentException(
          "provider " + firstRoute + " of " + costs.providers().size());
    }
    if (windows < 1 || windows > MOST_WINDOWS) {
      throw new IllegalArgumentException(windows + " windows; allowed are 1 to " + MOST_WINDOWS);
    }
    histories = new ClassHistory[lastClass + 1];
    judges = new ClassJudge[lastClass + 1];
    for (int sizeClass = 1; sizeClass <= lastClass; sizeClass++) {
      histories[sizeClass] = new ClassHistory(windows);
      judges[sizeClass] = new ClassJudge(sizeClass, costs, firstRoute, windows);
    }
  }

  /** Takes in what was done with a slab; what cannot be is left out. */
  public void add(SlabUse use) {
    if (use.isPossible(histories.length - 1)) {
      histories[use.sizeClass()].add(use);
    } else {
      leftOut++;
    }
  }

  /**
   * Takes in what was done with blocks of a class where it is not known in which slabs; what cannot
   * be is left out.
   *
   * @param allocations how many were handed out
   * @param freeHits how many of those had been used and freed before
   * @param frees how many were given back
   */
  public void addCalls(int sizeClass, long allocations, long freeHits, long frees) {
    SlabUse all = new SlabUse(sizeClass, allocations, freeHits, frees, 0, 0, false);
    if (all.isPossible(histories.length - 1)) {
      histories[sizeClass].addCalls(all);
    } else {
      leftOut++;
    }
  }

  /** A window has ended. */
  public void endWindow() {
    long allocations = 0;
    for (ClassHistory history : known()) {
      history.endWindow();
      allocations += history.allocations();
    }
    for (int sizeClass = 1; sizeClass < histories.length; sizeClass++) {
      judges[sizeClass].endWindow(histories[sizeClass].metrics(allocations));
      histories[sizeClass].beginWindow();
    }
    ended++;
  }

  private List<ClassHistory> known() {
    return Arrays.asList(histories).subList(1, histories.length);
  }

  /** How many windows have ended. */
  public long windows() {
    return ended;
  }

  /** How many statistics were left out, because they could not be. */
  public long leftOut() {
    return leftOut;
  }

  /** How the blocks of a class come and go, as it is held now. */
  public Pattern pattern(int sizeClass) {
    return judges[sizeClass].pattern();
  }

  /** The number of the provider that should serve a class. */
  public int route(int sizeClass) {
    return judges[sizeClass].route();
  }

  /** What a provider is expected to cost for a class, where 1 is the first provider. */
  public double expectedCost(int sizeClass, int provider) {
    return judges[sizeClass].expectedCost(provider);
  }

  /** What is held of a class, and why. */
  public ClassVerdict verdict(int sizeClass) {
    return judges[sizeClass].verdict();
  }

  /** What is held of all classes, from 1. */
  public List<ClassVerdict> verdicts() {
    return IntStream.range(1, judges.length).mapToObj(this::verdict).toList();
  }
}
