package hak.bench.score;

import hak.bench.PeerReport;
import hak.bench.PeerRequest;
import hak.bench.Peers;
import hak.bench.RunReport;
import hak.bench.RunRequest;
import hak.bench.Runner;
import hak.bench.latency.Latency;
import hak.bench.latency.LatencyReport;
import hak.bench.latency.LatencyRequest;
import hak.bench.saved.Provenance;
import java.util.Comparator;
import java.util.List;

/**
 * Runs the matrix: times beside those of the peers, in processes of their own; then, in this one,
 * memory and hit rates, and times of single calls.
 */
public final class Scorecard {
  /** Of single calls, in this process. */
  private static final int LATENCY_ROUNDS = 8;

  private Scorecard() {}

  /**
   * Runs a request.
   *
   * @throws hak.core.profile.ProfileException if the profile cannot be opened
   * @throws java.io.UncheckedIOException if a process cannot be started or ends early
   */
  public static ScorecardReport run(ScorecardRequest request) {
    ScorecardRequest.Matrix matrix = request.matrix();
    Provenance from = Provenance.here();
    PeerReport peers =
        Peers.run(
            new PeerRequest(
                request.profile(),
                matrix.workloads(),
                matrix.rounds(),
                matrix.forks(),
                List.of(),
                request.progress()));
    RunReport run =
        Runner.run(
            new RunRequest(
                request.profile(), matrix.workloads(), 0, false, request.progress(), _ -> {}));
    LatencyReport latency =
        Latency.run(
            new LatencyRequest(
                request.profile(), matrix.latencies(), LATENCY_ROUNDS, false, request.progress()));
    return new ScorecardReport(from, matrix.quick(), peers, best(peers), run, latency);
  }

  private static List<ScorecardReport.Best> best(PeerReport peers) {
    return peers.rows().stream()
        .flatMap(row ->
            row.peers().stream()
                .filter(peer -> !peer.peer().equals(PeerReport.THROUGH_FFM))
                .max(Comparator.comparingDouble(peer -> peer.raw().value()))
                .map(peer -> new ScorecardReport.Best(row.workload(), peer.peer(), peer.raw()))
                .stream())
        .toList();
  }
}
