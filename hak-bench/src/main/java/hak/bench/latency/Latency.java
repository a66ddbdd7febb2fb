package hak.bench.latency;

import hak.bench.Jvm;
import hak.bench.Steps;
import hak.bench.Workload;
import java.util.ArrayList;
import java.util.List;

/**
 * Times every call of workloads on a profile, and finds out why the slowest are slow.
 *
 * <p>A call that is slow once may have been interrupted; one whose least time over all rounds is
 * long is slow by itself, for a program does the same in every round. These are the worst calls.
 * One more round looks around just before and just after each of them.
 *
 * <p>Source of the histograms: Tene, HdrHistogram.
 */
public final class Latency {
  private Latency() {}

  /**
   * Runs a request. Every workload has a stack of its own.
   *
   * @throws hak.core.profile.ProfileException if the profile cannot be opened
   * @throws hak.bench.trace.TraceException if a trace cannot be read
   * @throws OutOfMemoryError if a stack has no memory for a workload
   */
  public static LatencyReport run(LatencyRequest request) {
    Steps steps =
        new Steps(
            request.progress(), (long) request.workloads().size() * LatencyRun.steps(request));
    List<LatencyReport.Run> runs = new ArrayList<>();
    for (Workload workload : request.workloads()) {
      runs.add(new LatencyRun(request, workload, steps).measure());
    }
    steps.end(request.workloads().getLast().name());
    return new LatencyReport(request.profile().name(), Jvm.name(), request.trims(), runs);
  }
}
