package hak.bench.score;

import hak.bench.PeerReport;
import hak.bench.Ratio;
import hak.bench.RunReport;
import hak.bench.latency.LatencyReport;
import hak.bench.saved.Provenance;
import java.util.List;

/**
 * What {@link Scorecard} found.
 *
 * @param from when, where and of which source
 * @param quick whether it is the short one
 * @param peers times and peaks of memory, HAK and its peers in turns
 * @param best HAK by the fastest of the peers in C, on each workload that has one
 * @param run memory over time and hit rates
 * @param latency times of single calls
 */
public record ScorecardReport(
    Provenance from,
    boolean quick,
    PeerReport peers,
    List<Best> best,
    RunReport run,
    LatencyReport latency) {
  /** Copies the list. */
  public ScorecardReport {
    best = List.copyOf(best);
  }

  /**
   * The fastest peer on one workload.
   *
   * @param workload its name
   * @param peer the peer
   * @param ratio time of HAK by that of the peer
   */
  public record Best(String workload, String peer, Ratio ratio) {}

  /** The geometric mean of HAK by the best; NaN if there is none. */
  public double meanByBest() {
    return Math.exp(
        best.stream()
            .mapToDouble(each -> Math.log(each.ratio().value()))
            .average()
            .orElse(Double.NaN));
  }
}
