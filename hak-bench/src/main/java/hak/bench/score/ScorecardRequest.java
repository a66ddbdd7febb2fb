package hak.bench.score;

import hak.bench.Progress;
import hak.bench.Workload;
import hak.bench.trace.ShippedTraces;
import hak.bench.workload.SyntheticWorkloads;
import hak.bench.workload.WorkloadType;
import hak.core.profile.Profile;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@link Scorecard} is to do.
 *
 * @param profile the stack
 * @param matrix what is measured
 * @param progress told about every step; it begins anew for each part of the matrix
 */
public record ScorecardRequest(Profile profile, Matrix matrix, Progress progress) {
  /**
   * What is measured.
   *
   * @param quick whether it is the short one
   * @param workloads compared with peers, and looked at for memory and hit rates
   * @param latencies those whose calls are timed one by one
   * @param forks how often all processes of the comparison are started
   * @param rounds timed rounds of the comparison in each
   */
  public record Matrix(
      boolean quick, List<Workload> workloads, List<Workload> latencies, int forks, int rounds) {
    private static final List<String> QUICK = List.of("cc1plus", "lua", "sqlite", "node");
    private static final List<String> QUICK_SYNTHETIC =
        List.of("random-mixed", "fixed-64", "larson", "xmalloc", "remote-50", "mid-large-mt");

    /** Beside the usual one of each kind of workload. */
    private static final List<String> FURTHER =
        List.of(
            "fixed-16", "fixed-256", "fixed-1024", "remote-0", "remote-90", "fleet-4", "fleet-9");

    private static final List<String> THREADED = List.of("node", "jvm-javac");
    private static final List<String> LATENCIES = List.of("random-mixed", "remote-50");

    /** Copies the lists. */
    public Matrix {
      workloads = List.copyOf(workloads);
      latencies = List.copyOf(latencies);
    }

    /**
     * Three forks of some workloads: below ten minutes on two processors. That processes of one
     * program differ is seen by no number of rounds of one fork.
     */
    public static Matrix ofMinutes() {
      return new Matrix(true, workloads(QUICK, List.of(), QUICK_SYNTHETIC), timedByCall(), 3, 3);
    }

    /** Ten forks of all workloads: hours. */
    public static Matrix whole() {
      List<String> synthetic =
          Stream.concat(
                  SyntheticWorkloads.all().stream().map(WorkloadType::usualName), FURTHER.stream())
              .toList();
      return new Matrix(
          false, workloads(ShippedTraces.names(), THREADED, synthetic), timedByCall(), 10, 8);
    }

    private static List<Workload> workloads(
        List<String> traces, List<String> threaded, List<String> synthetic) {
      return Stream.of(
              traces.stream().map(trace -> Workload.shipped(trace, 1)),
              threaded.stream().map(Workload::shippedThreads),
              synthetic.stream().map(Workload::synthetic))
          .flatMap(each -> each)
          .toList();
    }

    private static List<Workload> timedByCall() {
      return LATENCIES.stream().map(Workload::synthetic).toList();
    }
  }
}
