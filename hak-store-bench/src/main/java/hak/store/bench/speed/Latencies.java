package hak.store.bench.speed;

import org.HdrHistogram.Histogram;

/** Histograms of times in nanoseconds. */
final class Latencies {
  private static final int DIGITS = 3;
  private static final double MEDIAN = 50;
  private static final double TAIL = 99;

  private Latencies() {}

  static Histogram histogram() {
    return new Histogram(DIGITS);
  }

  /**
   * What a histogram says.
   *
   * @param mean median over the rounds of each round's mean
   * @param batch operations that each recorded value is the time of
   */
  static StoreBenchReport.Latency of(double mean, Histogram histogram, int batch) {
    return new StoreBenchReport.Latency(
        mean,
        (double) histogram.getValueAtPercentile(MEDIAN) / batch,
        (double) histogram.getValueAtPercentile(TAIL) / batch);
  }
}
