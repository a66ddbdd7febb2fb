package hak.bench;

import hak.core.Ledger;
import java.util.ArrayList;
import java.util.List;

/** Replays workloads on one profile and reports. */
public final class Runner {
  private Runner() {}

  /**
   * Runs a request. One request at a time: rounds of two would disturb each other.
   *
   * <p>Every workload gets stacks of its own: one for the timed rounds, and a fresh one for each
   * further measurement.
   *
   * @throws hak.core.profile.ProfileException if the profile cannot be opened
   * @throws hak.bench.trace.TraceException if a trace cannot be read
   * @throws OutOfMemoryError if a stack has no memory for a workload
   */
  public static RunReport run(RunRequest request) {
    Steps steps =
        new Steps(
            request.progress(), (long) request.workloads().size() * WorkloadRun.steps(request));
    List<RunReport.Run> runs = new ArrayList<>();
    Ledger ledger = Ledgers.EMPTY;
    String last = "";
    for (Workload workload : request.workloads()) {
      WorkloadRun run = new WorkloadRun(request, workload, steps);
      runs.add(run.measure());
      ledger = Ledgers.sum(ledger, run.ledger());
      last = workload.name();
    }
    steps.end(last);
    return new RunReport(request.profile().name(), Jvm.name(), runs, ledger);
  }
}
