package hak.bench;

/** Counts the steps of a request and tells how far it is. Not for use by several threads. */
public final class Steps {
  private final Progress progress;
  private final long total;
  private long done;

  /** Of a request with so many steps. */
  public Steps(Progress progress, long total) {
    this.progress = progress;
    this.total = total;
  }

  /** A step begins. */
  public void begin(String workload, String phase) {
    progress.advanced(workload, phase, done++, total);
  }

  /** The last step has ended. */
  public void end(String workload) {
    progress.advanced(workload, "done", total, total);
  }
}
