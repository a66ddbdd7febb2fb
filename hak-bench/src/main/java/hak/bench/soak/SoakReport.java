package hak.bench.soak;

import hak.bench.Machine;
import hak.bench.stats.Samples;
import hak.bench.stats.TheilSen;
import hak.bench.stats.TheilSen.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a soak found.
 *
 * @param machine where
 * @param jdk on which JVM
 * @param profile the stack
 * @param workload what was replayed
 * @param complete whether it lasted as long as it was to
 * @param seconds how long it lasted
 * @param callsPerSecond over epochs
 * @param variation the standard deviation of the calls in a second in those of their mean
 * @param stackGrowth growth of the stack's resident bytes in an hour
 * @param processGrowth growth of the process's resident bytes in an hour; the JVM's own among them
 * @param systemCallsPerCall system calls of the stack for each call of it
 * @param pageFaultsPerCall page faults for each call
 * @param epochs the epochs
 */
public record SoakReport(
    Machine machine,
    String jdk,
    String profile,
    String workload,
    boolean complete,
    double seconds,
    Percentiles callsPerSecond,
    double variation,
    TheilSen stackGrowth,
    TheilSen processGrowth,
    double systemCallsPerCall,
    double pageFaultsPerCall,
    List<SoakEpoch> epochs) {
  private static final double SECONDS_OF_AN_HOUR = 3600;

  /** Values below which so many per cent of all are. */
  public record Percentiles(
      double least, double p1, double p10, double p50, double p90, double p99, double largest) {
    static Percentiles of(double[] values) {
      return new Percentiles(
          Samples.quantile(values, 0),
          Samples.quantile(values, 0.01),
          Samples.quantile(values, 0.1),
          Samples.quantile(values, 0.5),
          Samples.quantile(values, 0.9),
          Samples.quantile(values, 0.99),
          Samples.quantile(values, 1));
    }
  }

  /** Sums up the epochs, of which there is at least one. */
  static SoakReport of(
      Machine machine, String jdk, String profile, String workload, boolean complete, SoakLog log) {
    List<SoakEpoch> epochs = List.copyOf(log.epochs());
    double[] speeds = epochs.stream().mapToDouble(SoakEpoch::callsPerSecond).toArray();
    double calls = epochs.stream().mapToDouble(SoakEpoch::calls).sum();
    return new SoakReport(
        machine,
        jdk,
        profile,
        workload,
        complete,
        log.seconds(),
        Percentiles.of(speeds),
        Samples.deviation(speeds) / Samples.mean(speeds),
        growth(epochs, SoakEpoch::stackBytes),
        growth(epochs, SoakEpoch::processBytes),
        epochs.stream().mapToDouble(SoakEpoch::systemCalls).sum() / calls,
        epochs.stream().mapToDouble(SoakEpoch::pageFaults).sum() / calls,
        epochs);
  }

  private static TheilSen growth(List<SoakEpoch> epochs, ToDoubleFunction<SoakEpoch> bytes) {
    List<Series> processes = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= epochs.size(); i++) {
      if (i == epochs.size() || epochs.get(i).process() != epochs.get(first).process()) {
        List<SoakEpoch> one = epochs.subList(first, i);
        processes.add(
            new Series(
                one.stream().mapToDouble(epoch -> epoch.seconds() / SECONDS_OF_AN_HOUR).toArray(),
                one.stream().mapToDouble(bytes).toArray()));
        first = i;
      }
    }
    return TheilSen.of(processes);
  }
}
