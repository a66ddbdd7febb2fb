package hak.store;

import java.util.List;

/**
 * What {@link StoreVerifier} found.
 *
 * @param outcome the worst of it
 * @param objects sealed objects that were looked at
 * @param bytes bytes of data whose checksum was computed
 * @param findings one line each, empty when clean
 * @param repairs what a repair changed or dropped, one line each
 */
public record VerifyReport(
    Outcome outcome, int objects, long bytes, List<String> findings, List<String> repairs) {
  /** How bad it is, with the exit code that a command reports. */
  public enum Outcome {
    /** Nothing is wrong. */
    CLEAN(0),
    /** A repair loses nothing that was sealed. */
    REPAIRABLE(3),
    /** Some sealed object is damaged; a repair drops it. */
    DATA_LOST(4);

    private final int exitCode;

    Outcome(int exitCode) {
      this.exitCode = exitCode;
    }

    /** 0, 3 or 4. */
    public int exitCode() {
      return exitCode;
    }
  }

  /** Copies the lists. */
  public VerifyReport {
    findings = List.copyOf(findings);
    repairs = List.copyOf(repairs);
  }
}
