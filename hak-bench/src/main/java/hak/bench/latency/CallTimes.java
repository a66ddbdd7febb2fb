package hak.bench.latency;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** The times of the calls of one thread: a histogram for each kind, and the least of each event. */
final class CallTimes {
  /** So that a time is exact to 1 %. */
  private static final int DIGITS = 2;

  private final CallClock clock;
  private final short[] kinds;
  private final Histogram[] histograms = new Histogram[CallKinds.COUNT];

  /** By event; the largest int while it was not called. */
  private final int[] least;

  /**
   * None yet.
   *
   * @param clock has the times of the events that come
   * @param kinds of each event
   * @param withLeast whether to keep the least time of each event
   */
  CallTimes(CallClock clock, short[] kinds, boolean withLeast) {
    this.clock = clock;
    this.kinds = kinds;
    this.least = withLeast ? new int[kinds.length] : null;
    if (withLeast) {
      Arrays.fill(least, Integer.MAX_VALUE);
    }
  }

  /** A histogram of times in nanoseconds. */
  static Histogram histogram() {
    return new Histogram(DIGITS);
  }

  /** Takes the times of the events from {@code from} up to {@code to} from the clock. */
  void take(int from, int to) {
    int call = 0;
    for (int event = from; event < to; event++) {
      int kind = kinds[event];
      if (kind != CallKinds.NONE) {
        int nanos = clock.nanos(call++);
        histogram(kind).recordValue(nanos);
        if (least != null) {
          least[event] = Math.min(least[event], nanos);
        }
      }
    }
    clock.clear();
  }

  private Histogram histogram(int kind) {
    if (histograms[kind] == null) {
      histograms[kind] = histogram();
    }
    return histograms[kind];
  }

  /** Adds what was called to histograms by kind. */
  void addTo(Histogram[] sums) {
    for (int kind = 0; kind < histograms.length; kind++) {
      if (histograms[kind] != null) {
        sums[kind] = sums[kind] == null ? histogram() : sums[kind];
        sums[kind].add(histograms[kind]);
      }
    }
  }

  /** Offers the least time of each event. */
  void offerTo(SlowestCalls slowest, int thread) {
    for (int event = 0; event < least.length; event++) {
      if (kinds[event] != CallKinds.NONE && least[event] != Integer.MAX_VALUE) {
        slowest.offer(thread, event, least[event]);
      }
    }
  }
}
