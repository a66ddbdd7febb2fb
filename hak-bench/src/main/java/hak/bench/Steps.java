package hak.bench;

/** Counts the steps of a request and tells how far it is. Not for use by several threads. */
final class Steps {
  private final Progress progress;
  private final long total;
  private long done;

  Steps(Progress progress, long total) {
    this.progress = progress;
    this.total = total;
  }

  /** A step begins. */
  void begin(String workload, String phase) {
    progress.advanced(workload, phase, done++, total);
  }

  /** The last step has ended. */
  void end(String workload) {
    progress.advanced(workload, "done", total, total);
  }
}
