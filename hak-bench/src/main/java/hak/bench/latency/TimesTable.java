package hak.bench.latency;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Histograms by kind as rows, by size class and by range of sizes. */
final class TimesTable {
  /** The largest size of each range, in bytes. */
  private static final List<Long> BANDS =
      List.of(64L, 1L << 10, 32L << 10, 2L << 20, Long.MAX_VALUE);

  private final CallKinds kinds;
  private final Histogram[] histograms;
  private final long clock;

  /**
   * Of the calls of a program.
   *
   * @param histograms by kind, null where nothing was called
   * @param clock nanoseconds that the clock took of each time
   */
  TimesTable(CallKinds kinds, Histogram[] histograms, long clock) {
    this.kinds = kinds;
    this.histograms = histograms;
    this.clock = clock;
  }

  /** By operation, then by size class. */
  List<LatencyReport.Times> classes() {
    List<LatencyReport.Times> rows = new ArrayList<>();
    for (int kind = 0; kind < histograms.length; kind++) {
      if (histograms[kind] != null) {
        rows.add(times(CallKinds.operation(kind), kinds.mostBytes(kind), histograms[kind], clock));
      }
    }
    return rows;
  }

  /** By operation, then by range of sizes. */
  List<LatencyReport.Times> bands() {
    List<LatencyReport.Times> rows = new ArrayList<>();
    int kind = 0;
    while (kind < histograms.length) {
      String operation = CallKinds.operation(kind);
      SequencedMap<Long, Histogram> bands = new TreeMap<>();
      for (; kind < histograms.length && CallKinds.operation(kind).equals(operation); kind++) {
        if (histograms[kind] != null) {
          bands
              .computeIfAbsent(bandOf(kinds.mostBytes(kind)), _ -> CallTimes.histogram())
              .add(histograms[kind]);
        }
      }
      bands.forEach((mostBytes, sum) -> rows.add(times(operation, mostBytes, sum, clock)));
    }
    return rows;
  }

  private static long bandOf(long mostBytes) {
    return BANDS.stream().filter(band -> mostBytes <= band).findFirst().orElseThrow();
  }

  static LatencyReport.Times times(
      String operation, long mostBytes, Histogram histogram, long clock) {
    return new LatencyReport.Times(
        operation,
        mostBytes,
        histogram.getTotalCount(),
        percentile(histogram, 50, clock),
        percentile(histogram, 90, clock),
        percentile(histogram, 99, clock),
        percentile(histogram, 99.9, clock),
        percentile(histogram, 99.99, clock),
        Math.max(0, histogram.getMaxValue() - clock));
  }

  private static long percentile(Histogram histogram, double percent, long clock) {
    return Math.max(0, histogram.getValueAtPercentile(percent) - clock);
  }
}
