package hak.bench.shadow;

import hak.bench.shadow.LearnCurves.Curve;
import hak.learn.cache.CacheCosts;
import hak.learn.cache.CacheCounts;
import hak.learn.cache.CacheShadow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Writes down what each window cost with each capacity of a shadow. */
final class CurveLog {
  private final CacheShadow shadow;
  private final CacheCosts costs;
  private final CacheCounts[] before;
  private final List<double[]> windows = new ArrayList<>();

  CurveLog(CacheShadow shadow, CacheCosts costs) {
    this.shadow = shadow;
    this.costs = costs;
    before = new CacheCounts[shadow.capacities()];
    Arrays.fill(before, CacheCounts.NONE);
  }

  /** What is to be done at the end of a window, and writing it down. */
  Runnable with(Runnable end) {
    return () -> {
      end.run();
      endWindow();
    };
  }

  private void endWindow() {
    double[] window = new double[before.length];
    for (int k = 0; k < window.length; k++) {
      CacheCounts counts = shadow.counts(k);
      CacheCounts now = counts.since(before[k]);
      before[k] = counts;
      window[k] = now.calls() == 0 ? 1 : costs.of(now, shadow.capacity(k)) / now.calls();
    }
    windows.add(window);
  }

  /** How many have ended. */
  int windows() {
    return windows.size();
  }

  /** All of them. */
  LearnCurves curves(int counted) {
    return new LearnCurves(
        counted,
        IntStream.range(0, before.length)
            .mapToObj(k ->
                new Curve(shadow.capacity(k), windows.stream().map(window -> window[k]).toList()))
            .toList());
  }
}
